package dev.portcullis.docker;

import dev.portcullis.workload.DeviceGrant;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Printable;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.List;

/** Reads which devices of the host a container is given. */
final class DeviceReader {
    private static final int LONGEST_SHOWN = 120;

    private DeviceReader() {}

    static Setting<List<Setting.Declared<DeviceGrant>>> read(GoValue host) {
        List<Setting.Declared<DeviceGrant>> devices = new ArrayList<>();
        for (GoValue device : host.field("Devices").elements()) {
            GoValue path = device.field("PathOnHost");
            DeviceGrant grant = new DeviceGrant("the device " + quoted(path.text()) + " of the host", path.text());
            devices.add(new Setting.Declared<>(grant, device.path(), path.text(), Notation.plain()));
        }
        for (GoValue rule : host.field("DeviceCgroupRules").elements()) {
            DeviceGrant grant = new DeviceGrant("devices of the host by the rule " + quoted(rule.text()), null);
            devices.add(new Setting.Declared<>(grant, rule.path(), rule.text(), Notation.plain()));
        }
        for (GoValue request : host.field("DeviceRequests").elements()) {
            devices.add(new Setting.Declared<>(
                    new DeviceGrant(requested(request), null),
                    request.path(),
                    request.field("Driver").text(),
                    Notation.plain()));
        }
        return devices.isEmpty()
                ? new Setting.Absent<>(host.field("Devices").path(), Notation.plain())
                : new Setting.Declared<>(devices, host.field("Devices").path());
    }

    /** A request names a driver, or what the driver must be capable of, as {@code docker run --gpus} does. */
    private static String requested(GoValue request) {
        String driver = request.field("Driver").text();
        if (!driver.isEmpty()) {
            return "devices of the host by the driver " + quoted(driver);
        }
        List<String> capabilities = request.field("Capabilities").elements().stream()
                .flatMap(set -> set.elements().stream())
                .map(GoValue::text)
                .distinct()
                .toList();
        return capabilities.isEmpty()
                ? "devices of the host by any driver"
                : "devices of the host for " + quoted(String.join(", ", capabilities));
    }

    private static String quoted(String text) {
        return '"' + Printable.text(text, LONGEST_SHOWN) + '"';
    }
}
