package dev.portcullis.docker.run;

import dev.portcullis.docker.GoAddress;
import dev.portcullis.docker.run.FlagValues.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Flags for networks, whose options go to the first one. */
final class NetworkFlags {
    private static final Pattern HARDWARE =
            Pattern.compile("[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5}(?:(?:[:-][0-9a-fA-F]{2}){2})?");
    private static final Set<String> BUILT_IN = Set.of("default", "bridge", "host", "none", "nat");

    private NetworkFlags() {}

    /** A network that the container is attached to, and what the client says of it. */
    static final class Network {
        private final Given given;
        private final String name;
        private final ObjectNode endpoint = Draft.NODES.objectNode();

        Network(Given given, String name) {
            this.given = given;
            this.name = name;
        }

        boolean isUserDefined() {
            return !BUILT_IN.contains(name) && !name.startsWith("container:");
        }
    }

    static void network(Given given, Draft draft) throws RunLineException {
        Network network = isDescribed(given.value()) ? described(given) : new Network(given, given.value());
        if (network.name.isBlank()) {
            throw given.refuse("names no network", "write name=… or a name alone");
        }
        draft.networks().add(network);
    }

    /** Whether there is an equals sign between letters. */
    private static boolean isDescribed(String text) {
        for (int at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
            if (at > 0 && at + 1 < text.length() && isOfWord(text.charAt(at - 1)) && isOfWord(text.charAt(at + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfWord(char c) {
        return c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
    }

    private static Network described(Given given) throws RunLineException {
        List<Pair> options = new ArrayList<>();
        String name = "";
        for (String field : FlagValues.fields(given, given.value().toLowerCase(Locale.ROOT))) {
            Pair pair = Pair.of(field, '=');
            Pair option = new Pair(pair.name().strip(), pair.value().strip(), pair.complete());
            if (!pair.complete() || option.name().isEmpty()) {
                throw given.refuseValue("write name=…,alias=…,ip=…");
            }
            if (option.name().equals("name")) {
                name = option.value();
            } else {
                options.add(option);
            }
        }
        Network network = new Network(given, name);
        for (Pair option : options) {
            option(given, option, network);
        }
        return network;
    }

    private static void option(Given given, Pair option, Network network) throws RunLineException {
        String value = option.value();
        switch (option.name()) {
            case "alias" -> network.endpoint.withArrayProperty("Aliases").add(value);
            case "ip" -> network.endpoint.withObjectProperty("IPAMConfig").put("IPv4Address", address(given, value));
            case "ip6" -> network.endpoint.withObjectProperty("IPAMConfig").put("IPv6Address", address(given, value));
            case "link-local-ip" ->
                network.endpoint
                        .withObjectProperty("IPAMConfig")
                        .withArrayProperty("LinkLocalIPs")
                        .add(address(given, value));
            case "mac-address" -> network.endpoint.put("MacAddress", hardwareAddress(given, value));
            case "gw-priority" ->
                network.endpoint.put(
                        "GwPriority", FlagValues.whole(given, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case "driver-opt" -> {
                Pair driver = Pair.of(value, '=');
                if (!driver.complete() || driver.name().isEmpty()) {
                    throw given.refuseValue("write driver-opt=name=value");
                }
                network.endpoint
                        .withObjectProperty("DriverOpts")
                        .put(driver.name().strip(), driver.value().strip());
            }
            default ->
                throw given.refuse(
                        "has no option " + RunLineException.quoted(option.name()),
                        "use name, alias, ip, ip6, link-local-ip, mac-address, driver-opt or gw-priority");
        }
    }

    /** An option of the first network that has a flag of its own. */
    static void option(Given given, Draft draft) {
        draft.networkOptions().add(given);
    }

    /** What all of them say together. */
    static void together(Draft draft) throws RunLineException {
        List<Network> networks = draft.networks();
        boolean userDefined = networks.stream().anyMatch(Network::isUserDefined);
        for (Network network : networks) {
            if (userDefined != network.isUserDefined()) {
                throw network.given.refuse(
                        "mixes networks of the user's with built-in ones", "attach to one kind alone");
            }
        }
        Network first = networks.isEmpty() ? null : networks.getFirst();
        ObjectNode endpoint = options(draft, first);
        if (first != null) {
            draft.set("HostConfig/NetworkMode", Draft.NODES.stringNode(first.name), first.given);
        }
        Map<String, Network> byName = new LinkedHashMap<>();
        for (Network network : networks) {
            if (byName.put(network.name, network) != null) {
                throw network.given.refuseValue("name each network once");
            }
            if (networks.size() > 1 || !network.endpoint.isEmpty()) {
                draft.member("NetworkingConfig/EndpointsConfig", network.name, network.endpoint, network.given);
            }
        }
        if (first == null && !endpoint.isEmpty()) {
            draft.member(
                    "NetworkingConfig/EndpointsConfig",
                    "default",
                    endpoint,
                    draft.networkOptions().getFirst());
        }
    }

    private static ObjectNode options(Draft draft, @Nullable Network first) throws RunLineException {
        Map<String, String> names = new HashMap<>(Map.of("network-alias", "alias", "net-alias", "alias"));
        boolean userDefined = first != null && first.isUserDefined();
        ObjectNode said = first == null ? Draft.NODES.objectNode() : first.endpoint.deepCopy();
        Network network = first;
        for (Given given : draft.networkOptions()) {
            String name = names.getOrDefault(given.flag().name(), given.flag().name());
            network = network == null ? new Network(given, "default") : network;
            if (name.equals("link")) {
                draft.add("HostConfig/Links", Draft.NODES.stringNode(link(given)), given);
                if (userDefined) {
                    network.endpoint.withArrayProperty("Links").add(given.value());
                }
                continue;
            }
            if (name.equals("alias") && !userDefined) {
                throw given.refuse("needs a network of the user's", "name one with --network");
            }
            if (isSaid(said, name)) {
                throw given.refuse("says what --network says too", "leave out one of them");
            }
            option(given, new Pair(name, given.value(), true), network);
        }
        return network == null ? said : network.endpoint;
    }

    private static boolean isSaid(ObjectNode endpoint, String option) {
        return switch (option) {
            case "alias" -> endpoint.has("Aliases");
            case "mac-address" -> endpoint.has("MacAddress");
            case "ip" -> endpoint.at("/IPAMConfig/IPv4Address").isString();
            case "ip6" -> endpoint.at("/IPAMConfig/IPv6Address").isString();
            default -> endpoint.at("/IPAMConfig/LinkLocalIPs").isArray();
        };
    }

    private static String link(Given given) throws RunLineException {
        if (given.value().isEmpty()
                || given.value().chars().filter(c -> c == ':').count() > 1) {
            throw given.refuseValue("write container:alias");
        }
        return given.value();
    }

    /** {@code name:address} or {@code name=address}. */
    static void host(Given given, Draft draft) throws RunLineException {
        Pair pair = Pair.of(given.value(), given.value().contains("=") ? '=' : ':');
        if (!pair.complete() || pair.name().isEmpty() || pair.name().contains(":")) {
            throw given.refuseValue("write name:address");
        }
        String value = pair.value();
        if (!value.equals("host-gateway")) {
            boolean bracketed = value.length() > 2 && value.startsWith("[") && value.endsWith("]");
            value = bracketed ? value.substring(1, value.length() - 1) : value;
            if (address(given, value.strip()).isEmpty()) {
                throw given.refuseValue("write name:address");
            }
        }
        draft.add("HostConfig/ExtraHosts", Draft.NODES.stringNode(pair.name() + ":" + value), given);
    }

    static String address(Given given, String text) throws RunLineException {
        return address(given, text, text);
    }

    /** Refuses what is neither IPv4 nor IPv6. */
    static String address(Given given, String text, String shown) throws RunLineException {
        if (text.isEmpty() && shown.isEmpty()) {
            return text;
        }
        String address = text.contains("%") ? null : GoAddress.canonical(text);
        if (address == null) {
            throw given.refuse(
                    "has " + RunLineException.quoted(shown) + " for an address",
                    "write one such as 127.0.0.1 or [::1]");
        }
        return address;
    }

    private static String hardwareAddress(Given given, String text) throws RunLineException {
        if (!HARDWARE.matcher(text).matches()) {
            throw given.refuse(
                    "has " + RunLineException.quoted(text) + " for a hardware address",
                    "write one such as 02:42:ac:11:00:02");
        }
        return text;
    }
}
