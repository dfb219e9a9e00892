package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Value;
import dev.portcullis.docker.compose.Value.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code devices}, {@code device_cgroup_rules}, {@code gpus} and the devices that {@code deploy.resources} reserves. */
final class ComposeDevices {
    /** A device by the name that the Container Device Interface gives it. */
    private static final Pattern QUALIFIED =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*/[A-Za-z][A-Za-z0-9_.-]*=[A-Za-z0-9][A-Za-z0-9_.:-]*");

    private final ComposeBody host;
    private final List<GoValue> devices = new ArrayList<>();
    private final List<GoValue> requests = new ArrayList<>();

    ComposeDevices(ComposeBody host) {
        this.host = host;
    }

    void read(Value service) throws ComposeException {
        Value list = service.member("devices");
        for (Value device : ComposeBody.elements(list)) {
            device(device);
        }
        Value gpus = service.member("gpus");
        for (Value gpu : ComposeBody.elements(gpus)) {
            request(gpu, "gpu");
        }
        Value reserved = service.at("deploy", "resources", "reservations", "devices");
        for (Value device : ComposeBody.elements(reserved)) {
            request(device, "");
        }
        Value unknown = gpus.is(Kind.UNKNOWN) ? gpus : reserved;
        host.list("Devices", list, devices);
        host.list("DeviceRequests", unknown.is(Kind.UNKNOWN) ? unknown : Value.nothing(list.path()), requests);
        host.texts("DeviceCgroupRules", service.member("device_cgroup_rules"));
    }

    private void device(Value device) throws ComposeException {
        if (device.unknown() != null) {
            devices.add(GoValue.unknown(host.element("Devices"), device.path(), String.valueOf(device.unknown())));
            return;
        }
        boolean whole = device.is(Kind.MAPPING);
        Value source = whole ? device.member("source") : device;
        String[] parts = source.text().split(":", -1);
        String opened = whole ? source.text() : parts[0];
        boolean single = whole
                ? device.member("target").text().equals(opened)
                        || !device.member("target").is(Kind.SCALAR)
                : parts.length == 1 || parts[1].equals(opened);
        if (QUALIFIED.matcher(source.text()).matches() && single) {
            request(device, "cdi", List.of());
        } else {
            devices.add(new ComposeBody(host.element("Devices"), device.path())
                    .text("PathOnHost", source, opened)
                    .build());
        }
    }

    private void request(Value device, String capability) throws ComposeException {
        if (device.unknown() != null) {
            requests.add(
                    GoValue.unknown(host.element("DeviceRequests"), device.path(), String.valueOf(device.unknown())));
            return;
        }
        boolean whole = device.is(Kind.MAPPING);
        List<Value> capabilities =
                new ArrayList<>(whole ? ComposeBody.elements(device.member("capabilities")) : List.of());
        if (!capability.isEmpty()) {
            capabilities.add(Value.text(device.path(), capability));
        }
        request(device, whole ? device.member("driver").text() : "", capabilities);
    }

    private void request(Value device, String driver, List<Value> capabilities) throws ComposeException {
        ComposeBody request = new ComposeBody(host.element("DeviceRequests"), device.path())
                .text("Driver", Value.text(device.path(), driver));
        GoType.Slice texts = (GoType.Slice) request.element("Capabilities");
        List<GoValue> names = new ArrayList<>();
        for (Value capability : capabilities) {
            names.add(ComposeBody.text(texts.element(), capability, capability.text()));
        }
        GoValue all = GoValue.list(texts, device.path(), ComposeBody.NODES.arrayNode(), names);
        requests.add(request.list("Capabilities", Value.list(device.path(), List.of(device)), List.of(all))
                .build());
    }
}
