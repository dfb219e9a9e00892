package dev.portcullis.docker.run;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --publish} and {@code --expose}. */
final class PortFlags {
    /** More are read of no command. */
    static final int MOST_PORTS = 1_024;

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final int MOST = 0xFFFF;
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

    private PortFlags() {}

    private record Range(int first, int last) {
        int count() {
            return last - first + 1;
        }
    }

    /** {@code [[address:][port]:]port[/protocol]}, or {@code published=,target=,protocol=}. */
    static void publish(Given given, Draft draft) throws RunLineException {
        String spec = given.value().contains("=") ? shortened(given) : given.value();
        int last = spec.lastIndexOf(':');
        int before = last < 0 ? -1 : spec.lastIndexOf(':', last - 1);
        String address = before < 0
                ? ""
                : NetworkFlags.address(given, unbracketed(spec.substring(0, before)), spec.substring(0, before));
        String host = last < 0 ? "" : spec.substring(before + 1, last);
        String[] inside = protocol(given, spec.substring(last + 1));
        Range ports = range(given, inside[0]);
        Range hosts = host.isEmpty() ? null : range(given, host);
        if (hosts != null && hosts.count() != ports.count() && ports.count() != 1) {
            throw given.refuseValue("publish as many ports of the host as there are in the container");
        }
        requireFew(given, draft, ports.count());
        for (int i = 0; i < ports.count(); i++) {
            String on = hosts == null ? "" : Integer.toString(hosts.first() + i);
            if (hosts != null && ports.count() == 1 && hosts.count() > 1) {
                on += "-" + hosts.last();
            }
            String port = ports.first() + i + "/" + inside[1];
            draft.member("ExposedPorts", port, Draft.NODES.objectNode(), given);
            draft.memberOf(
                    "HostConfig/PortBindings",
                    port,
                    Draft.NODES.objectNode().put("HostIp", address).put("HostPort", on),
                    given);
        }
    }

    private static String shortened(Given given) throws RunLineException {
        Map<String, String> said = new HashMap<>(Map.of("published", "", "target", "", "protocol", "tcp"));
        for (String part : given.value().split(",", -1)) {
            FlagValues.Pair pair = FlagValues.Pair.of(part, '=');
            if (!pair.complete() || pair.name().isEmpty()) {
                throw given.refuseValue("write published=8080,target=80");
            }
            said.put(pair.name(), pair.value());
        }
        return said.get("published") + ":" + said.get("target") + "/" + said.get("protocol");
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }

    static void expose(Given given, Draft draft) throws RunLineException {
        String[] port = protocol(given, given.value());
        Range range = range(given, port[0]);
        requireFew(given, draft, range.count());
        for (int i = range.first(); i <= range.last(); i++) {
            draft.member("ExposedPorts", i + "/" + port[1], Draft.NODES.objectNode(), given);
        }
    }

    private static String[] protocol(Given given, String text) throws RunLineException {
        int slash = text.indexOf('/');
        String protocol = slash < 0 || slash == text.length() - 1
                ? "tcp"
                : text.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (!PROTOCOLS.contains(protocol)) {
            throw given.refuseValue("end it with /tcp, /udp or /sctp");
        }
        return new String[] {slash < 0 ? text : text.substring(0, slash), protocol};
    }

    private static Range range(Given given, String text) throws RunLineException {
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (first <= last && last <= MOST) {
                return new Range(first, last);
            }
        }
        throw given.refuseValue("write ports as 80 or 8000-8010, such as 127.0.0.1:8080:80");
    }

    private static void requireFew(Given given, Draft draft, int more) throws RunLineException {
        if (draft.body().path("ExposedPorts").size() + more > MOST_PORTS) {
            throw given.refuse("makes them more than " + MOST_PORTS + " ports", "name fewer");
        }
    }
}
