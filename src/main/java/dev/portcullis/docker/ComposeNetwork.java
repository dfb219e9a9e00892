package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Project;
import dev.portcullis.docker.compose.Value;
import dev.portcullis.docker.compose.Value.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which network namespace a service runs in. Where {@code network_mode} does not say it, Docker Compose sends the name of a
 * network that the service is part of, and that may be the host's; so may be the network its image is built in.
 */
final class ComposeNetwork {
    private final Project project;
    private final ComposeNotation notation;

    ComposeNetwork(Project project, ComposeNotation notation) {
        this.project = project;
        this.notation = notation;
    }

    /** The weakest of all, each where it is said; what is not known comes before what is private. */
    Value mode(Value service) throws ComposeException {
        Value mode = service.member("network_mode");
        List<Value> modes = new ArrayList<>(List.of(mode));
        if (mode.is(Kind.NOTHING)) {
            for (Map.Entry<String, Value> network : networks(service).entrySet()) {
                modes.add(network.getValue().is(Kind.UNKNOWN) ? network.getValue() : name(network.getKey()));
            }
        }
        modes.add(service.at("build", "network"));
        for (Value each : modes) {
            if (isShared(each.text())) {
                if (each != mode) {
                    notation.networkElsewhere();
                }
                return each;
            }
        }
        return modes.stream().filter(each -> each.is(Kind.UNKNOWN)).findFirst().orElse(mode);
    }

    private boolean isShared(String mode) {
        return mode.equals("host") || notation.joinsContainer(mode);
    }

    private static Map<String, Value> networks(Value service) {
        Value networks = service.member("networks");
        Map<String, Value> all = new LinkedHashMap<>(networks.members());
        for (Value network : networks.elements()) {
            all.put(network.is(Kind.UNKNOWN) ? network.path().pointer() : network.text(), network);
        }
        String unknown = networks.is(Kind.UNKNOWN) || networks.is(Kind.MAPPING) ? networks.open() : null;
        if (unknown != null) {
            all.put("", Value.unknown(networks.path(), unknown));
        }
        return all.isEmpty() ? Map.of("default", networks) : all;
    }

    /** The name by which the engine knows a network: its own, or for one that is there already that of its key. */
    private Value name(String network) throws ComposeException {
        Value definition = project.shared("networks", network);
        Value external = definition.member("external");
        Value named = external.is(Kind.MAPPING) ? external.member("name") : Value.nothing(definition.path());
        Value name = definition.member("name").is(Kind.NOTHING) ? named : definition.member("name");
        boolean there = external.is(Kind.MAPPING) || external.is(Kind.UNKNOWN) || ComposeBody.isTrue(external);
        return name.is(Kind.NOTHING) && there ? Value.text(definition.path(), network) : name;
    }
}
