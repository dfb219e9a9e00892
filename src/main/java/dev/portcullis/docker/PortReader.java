package dev.portcullis.docker;

import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.List;

/** Reads which ports of the host a container takes. */
final class PortReader {
    /** A port that the engine picks. */
    private static final String ANY = "0";

    private PortReader() {}

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
