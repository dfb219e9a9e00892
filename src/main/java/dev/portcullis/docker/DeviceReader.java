package dev.portcullis.docker;

import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.List;

/** Reads which devices of the host a container is given. */
final class DeviceReader {
    private DeviceReader() {}

    static Setting<List<Setting.Declared<String>>> read(GoValue host) {
        List<Setting.Declared<String>> devices = new ArrayList<>();
        for (GoValue device : host.field("Devices").elements()) {
            GoValue path = device.field("PathOnHost");
            devices.add(
                    new Setting.Declared<>("the device " + path.text(), path.path(), path.text(), Notation.plain()));
        }
        for (GoValue rule : host.field("DeviceCgroupRules").elements()) {
            devices.add(new Setting.Declared<>(
                    "devices by the rule " + rule.text(), rule.path(), rule.text(), Notation.plain()));
        }
        for (GoValue request : host.field("DeviceRequests").elements()) {
            String driver = request.field("Driver").text();
            String asked = driver.isEmpty() ? "devices of any driver" : "devices of the driver " + driver;
            devices.add(new Setting.Declared<>(asked, request.path(), driver, Notation.plain()));
        }
        return devices.isEmpty()
                ? new Setting.Absent<>(host.field("Devices").path(), Notation.plain())
                : new Setting.Declared<>(devices, host.field("Devices").path());
    }
}
