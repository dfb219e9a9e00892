package dev.portcullis.catalogue;

import static dev.portcullis.catalogue.Mutation.field;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What can be changed in a container of any list. */
final class ContainerMutations {

    private static final String SECURITY_CONTEXT = "securityContext";

    /** The fields that a pod and its containers both have in their security contexts. */
    static final List<Mutation> AT_BOTH_LEVELS = List.of(
            field("runAsNonRoot", PodFields.RUN_AS_NON_ROOT),
            field("runAsUser", PodFields.RUN_AS_USER, 23),
            field("seccompProfile", PodFields.SECCOMP, 19),
            field("appArmorProfile", PodFields.APPARMOR),
            field("seLinuxOptions", PodFields.SELINUX, 31),
            field("windowsOptions", PodFields.WINDOWS_OPTIONS));

    private static final List<Mutation> OF_A_SECURITY_CONTEXT = List.of(
            field("privileged", PodFields.FLAG),
            field("allowPrivilegeEscalation", PodFields.NO_ESCALATION, 8),
            field("procMount", PodFields.PROC_MOUNT),
            field("capabilities", PodFields.EMPTY, 22),
            Mutation.of("capabilities.add", (node, draw) -> names(node, draw, "add", PodFields.CAPABILITIES), 22),
            Mutation.of("capabilities.drop", (node, draw) -> names(node, draw, "drop", PodFields.DROPS), 22));

    private static final List<Mutation> OF_A_CONTAINER = List.of(
            field(SECURITY_CONTEXT, PodFields.EMPTY, 8, 19, 22),
            Mutation.of("ports", ContainerMutations::ports),
            Mutation.of("livenessProbe", (node, draw) -> handler(node.putObject("livenessProbe"), draw), 34),
            Mutation.of("readinessProbe", (node, draw) -> handler(node.putObject("readinessProbe"), draw), 34),
            Mutation.of("startupProbe", (node, draw) -> handler(node.putObject("startupProbe"), draw), 34),
            Mutation.of("postStart", (node, draw) -> hook(node, draw, "postStart"), 34),
            Mutation.of("preStop", (node, draw) -> hook(node, draw, "preStop"), 34));

    static final List<Mutation> ALL = Stream.of(
                    AT_BOTH_LEVELS.stream().map(m -> m.within(SECURITY_CONTEXT)),
                    OF_A_SECURITY_CONTEXT.stream().map(m -> m.within(SECURITY_CONTEXT)),
                    OF_A_CONTAINER.stream())
            .flatMap(s -> s)
            .toList();

    private ContainerMutations() {}

    private static void names(ObjectNode securityContext, Draw draw, String list, List<String> names) {
        var capabilities = securityContext.withObjectProperty("capabilities");
        if (draw.chance(10)) {
            draw.set(capabilities, list, "[]", "null", Draw.ABSENT);
            return;
        }
        var array = capabilities.putArray(list);
        for (int n = draw.upTo(2); n >= 0; n--) {
            array.add(draw.oneOf(names));
        }
    }

    private static void ports(ObjectNode container, Draw draw) {
        if (draw.chance(10)) {
            draw.set(container, "ports", "[]", "null", "[{}]");
            return;
        }
        var ports = container.putArray("ports");
        for (int n = draw.upTo(2); n >= 0; n--) {
            var port = ports.addObject().put("containerPort", 8080 + n);
            draw.set(port, "hostPort", PodFields.HOST_PORTS);
            draw.set(port, "hostIP", "'127.0.0.1'", "''", Draw.ABSENT);
            draw.set(port, "protocol", "'TCP'", "'UDP'", Draw.ABSENT);
        }
    }

    private static void hook(ObjectNode container, Draw draw, String hook) {
        if (draw.chance(10)) {
            draw.set(container, "lifecycle", "{}", "null", "{postStart: null, preStop: {}}");
            return;
        }
        handler(container.withObjectProperty("lifecycle").putObject(hook), draw);
    }

    /** What a probe and a hook have in common; the API would accept one action only, the checks look at all. */
    private static void handler(ObjectNode handler, Draw draw) {
        if (draw.chance(15)) {
            draw.set(handler, "exec", "{command: ['true']}", "null");
            draw.set(handler, "httpGet", "null", Draw.ABSENT);
            return;
        }
        var both = draw.chance(15);
        var http = draw.chance(50);
        if (http || both) {
            draw.set(handler, "httpGet", "{port: 80, path: '/'}", "{port: 'web'}", "{scheme: 'HTTPS', port: 443}");
            draw.set(handler.withObjectProperty("httpGet"), "host", PodFields.HOSTS);
        }
        if (!http || both) {
            draw.set(handler, "tcpSocket", "{port: 80}", "{port: 'web'}");
            draw.set(handler.withObjectProperty("tcpSocket"), "host", PodFields.HOSTS);
        }
    }
}
