package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Project;
import dev.portcullis.docker.compose.Value;
import dev.portcullis.docker.compose.Value.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ports} and {@code expose}: {@code [HOST:[PUBLISHED]:]CONTAINER[/PROTOCOL]}, ranges of both, and the long form.
 * A range is at most all ports there are, and those of a file together are bounded by its project.
 */
final class ComposePorts {
    private static final int MOST = 0xffff;

    private final Project project;
    private final ComposeBody host;
    private final ComposeNotation notation;
    private final Map<String, List<GoValue>> bindings = new LinkedHashMap<>();
    private final Map<String, GoValue> exposed = new LinkedHashMap<>();

    ComposePorts(Project project, ComposeBody host, ComposeNotation notation) {
        this.project = project;
        this.host = host;
        this.notation = notation;
    }

    /** A range of ports, both ends included. */
    private record Range(int from, int to) {
        int size() {
            return to - from + 1;
        }
    }

    void read(Value service, ComposeBody create) throws ComposeException {
        Value ports = service.member("ports");
        for (Value port : ComposeBody.elements(ports)) {
            if (port.unknown() != null) {
                bindings.computeIfAbsent("", key -> new ArrayList<>())
                        .add(GoValue.unknown(bindingType(), port.path(), String.valueOf(port.unknown())));
            } else if (port.is(Kind.MAPPING)) {
                longForm(port);
            } else {
                shortForm(port);
            }
        }
        GoType list = host.element("PortBindings");
        Map<String, GoValue> members = new LinkedHashMap<>();
        bindings.forEach((key, elements) -> members.put(
                key, GoValue.list(list, elements.getFirst().path(), ComposeBody.NODES.arrayNode(), elements)));
        if (!ports.is(Kind.NOTHING) || !members.isEmpty()) {
            host.map("PortBindings", ports, members);
        } else {
            host.set("PortBindings", GoValue.unset(host.type("PortBindings"), ports.path()));
        }
        expose(service.member("expose"), create);
    }

    private void expose(Value expose, ComposeBody create) throws ComposeException {
        GoType none = create.element("ExposedPorts");
        for (Value port : ComposeBody.elements(expose)) {
            if (port.unknown() == null) {
                int slash = port.text().indexOf('/');
                String number = slash < 0 ? port.text() : port.text().substring(0, slash);
                String protocol = slash < 0 ? "tcp" : port.text().substring(slash + 1);
                Range range = range(port, number);
                project.ports(port, range.size());
                for (int i = range.from(); i <= range.to(); i++) {
                    exposed.put(i + "/" + protocol, GoValue.scalar(none, port.path(), ComposeBody.NODES.objectNode()));
                }
            }
        }
        create.map("ExposedPorts", expose, exposed);
    }

    private GoType bindingType() {
        return ((GoType.Slice) host.element("PortBindings")).element();
    }

    private void longForm(Value port) throws ComposeException {
        Value target = port.member("target");
        if (!target.is(Kind.SCALAR)) {
            throw new ComposeException(target.path(), "is not set", "write the port of the container");
        }
        String protocol = port.member("protocol").text();
        Range range = range(target, target.text());
        ComposeBody binding = new ComposeBody(bindingType(), port.path())
                .text("HostIp", address(port.member("host_ip")))
                .text("HostPort", port.member("published"));
        add(range.from(), protocol, binding.build());
    }

    private static Value address(Value address) throws ComposeException {
        if (!address.text().isEmpty() && GoAddress.canonical(address.text()) == null) {
            throw ComposeBody.wrong(address, "an IP address");
        }
        return address;
    }

    private void shortForm(Value port) throws ComposeException {
        String text = port.text();
        int slash = text.indexOf('/');
        String protocol = slash < 0 ? "" : text.substring(slash + 1);
        String rest = slash < 0 ? text : text.substring(0, slash);
        int colon = rest.lastIndexOf(':');
        Range container = range(port, rest.substring(colon + 1));
        String before = colon < 0 ? "" : rest.substring(0, colon);
        int second = before.endsWith("]") ? before.length() : before.lastIndexOf(':');
        String published = second < 0 ? before : before.substring(Math.min(before.length(), second + 1));
        String address = second < 0 ? "" : before.substring(0, second);
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (!bare.isEmpty() && GoAddress.canonical(bare) == null) {
            throw ComposeBody.wrong(port, "HOST:PUBLISHED:CONTAINER with an IP address as HOST");
        }
        notation.shortPort(port);
        @Nullable Range host = published.isEmpty() ? null : range(port, published);
        if (host != null && host.size() != container.size() && container.size() != 1) {
            throw new ComposeException(port.path(), "has ranges of different lengths", "make them equal");
        }
        project.ports(port, container.size());
        for (int i = 0; i < container.size(); i++) {
            String to = host == null
                    ? ""
                    : host.size() == container.size() ? String.valueOf(host.from() + i) : host.from() + "-" + host.to();
            ComposeBody binding = new ComposeBody(bindingType(), port.path())
                    .text("HostIp", bare.isEmpty() ? nothing(port) : port, bare)
                    .text("HostPort", port, to);
            add(container.from() + i, protocol, binding.build());
        }
    }

    /** The place of the port without a value. */
    private static Value nothing(Value port) {
        return Value.nothing(port.path());
    }

    private void add(int port, String protocol, GoValue binding) {
        String key = port + "/" + (protocol.isEmpty() ? "tcp" : protocol.toLowerCase(Locale.ROOT));
        bindings.computeIfAbsent(key, absent -> new ArrayList<>()).add(binding);
    }

    private static Range range(Value port, String text) throws ComposeException {
        int dash = text.indexOf('-');
        String from = dash < 0 ? text : text.substring(0, dash);
        String to = dash < 0 ? text : text.substring(dash + 1);
        if (!from.matches("[0-9]{1,5}") || !to.matches("[0-9]{1,5}")) {
            throw ComposeBody.wrong(port, "[HOST:]PUBLISHED:CONTAINER, such as 127.0.0.1:8080:80");
        }
        Range range = new Range(Integer.parseInt(from), Integer.parseInt(to));
        if (range.from() > range.to() || range.to() > MOST) {
            throw ComposeBody.wrong(port, "ports from 1 to " + MOST + ", the lower one first");
        }
        return range;
    }
}
