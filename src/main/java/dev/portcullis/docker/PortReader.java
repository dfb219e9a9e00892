package dev.portcullis.docker;

import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Port;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads which ports of the host a container takes. */
final class PortReader {
    /** A port that the engine picks. */
    private static final String ANY = "0";

    private PortReader() {}

    /** The address of the host that each published port is open on. */
    static List<Setting<String>> interfaces(GoValue host, EngineNotation notation) {
        List<Setting<String>> interfaces = new ArrayList<>();
        String unknown = host.field("PortBindings").unknown();
        if (unknown != null && host.field("PortBindings").members().isEmpty()) {
            interfaces.add(new Setting.Inexpressible<>(unknown));
        }
        for (GoValue port : host.field("PortBindings").members().values()) {
            if (port.elements().isEmpty()) {
                interfaces.add(everywhere(port, List.of()));
            }
            for (GoValue binding : port.elements()) {
                interfaces.add(address(binding, notation));
            }
        }
        GoValue all = host.field("PublishAllPorts");
        if (all.flag()) {
            interfaces.add(everywhere(all, true));
        }
        return interfaces;
    }

    private static Setting<String> address(GoValue binding, EngineNotation notation) {
        GoValue address = binding.field("HostIp");
        String unknown = binding.unknown();
        if (unknown != null) {
            return new Setting.Inexpressible<>(unknown);
        }
        return address.text().isEmpty()
                ? new Setting.Absent<>(address.path(), notation.hostAddress())
                : new Setting.Declared<>(address.text(), address.path(), address.text(), notation.hostAddress());
    }

    /** What publishes ports and has no place for an address. */
    private static Setting<String> everywhere(GoValue publishing, Object raw) {
        return new Setting.Declared<>("", publishing.path(), raw, Notation.plain());
    }

    /** The ports that a container says it listens on. */
    static List<Setting.Declared<Port>> listening(GoValue create) {
        List<Setting.Declared<Port>> ports = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (GoValue listed :
                List.of(create.field("ExposedPorts"), create.field("HostConfig").field("PortBindings"))) {
            listed.members().forEach((port, value) -> {
                int slash = port.indexOf('/');
                if (slash > 0 && seen.add(port)) {
                    String number = port.substring(0, slash);
                    Port read = new Port(Long.parseLong(number), port.substring(slash + 1));
                    ports.add(new Setting.Declared<>(read, value.path(), number, Notation.plain()));
                }
            });
        }
        return ports;
    }

    static Setting<List<Setting.Declared<String>>> hostPorts(GoValue host) {
        List<Setting.Declared<String>> taken = new ArrayList<>();
        GoValue bindings = host.field("PortBindings");
        for (GoValue port : bindings.members().values()) {
            if (port.elements().isEmpty()) {
                // Most engines fill it in as one binding to any port.
                taken.add(new Setting.Declared<>(ANY, port.path()));
            }
            for (GoValue binding : port.elements()) {
                GoValue hostPort = binding.field("HostPort");
                String value = hostPort.text().isEmpty() ? ANY : hostPort.text();
                taken.add(new Setting.Declared<>(value, hostPort.path(), hostPort.text(), Notation.plain()));
            }
        }
        GoValue all = host.field("PublishAllPorts");
        if (all.flag()) {
            taken.add(new Setting.Declared<>(ANY, all.path(), true, Notation.plain()));
        }
        return taken.isEmpty()
                ? new Setting.Absent<>(bindings.path(), Notation.plain())
                : new Setting.Declared<>(taken, bindings.path());
    }
}
