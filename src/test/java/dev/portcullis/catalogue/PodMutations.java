package dev.portcullis.catalogue;

import static dev.portcullis.catalogue.Mutation.field;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What can be changed in a pod outside its containers. */
final class PodMutations {

    private static final String SPEC = "spec";
    private static final String SECURITY_CONTEXT = "securityContext";

    private static final List<Mutation> OF_A_SPEC = List.of(
            field("hostNetwork", PodFields.FLAG),
            field("hostPID", PodFields.FLAG),
            field("hostIPC", PodFields.FLAG),
            field("hostUsers", PodFields.HOST_USERS, 35),
            field("os", PodFields.OS, 25),
            field(SECURITY_CONTEXT, PodFields.EMPTY, 19),
            Mutation.of("volumes", PodMutations::volumes));

    private static final List<Mutation> OF_A_POD = List.of(
            Mutation.of("seccomp annotations", PodMutations::seccompAnnotations, 19),
            Mutation.of("AppArmor annotations", PodMutations::appArmorAnnotations));

    private static final List<Mutation> SYSCTLS = List.of(
            Mutation.of("sysctls", PodMutations::sysctls, 27, 29, 32),
            sysctlsFrom(27, PodFields.SYSCTLS_OF_1_27),
            sysctlsFrom(29, PodFields.SYSCTLS_OF_1_29),
            sysctlsFrom(32, PodFields.SYSCTLS_OF_1_32));

    static final List<Mutation> ALL = Stream.of(
                    OF_A_POD.stream(),
                    OF_A_SPEC.stream().map(m -> m.within(SPEC)),
                    Stream.concat(ContainerMutations.AT_BOTH_LEVELS.stream(), SYSCTLS.stream())
                            .map(m -> m.within(SECURITY_CONTEXT).within(SPEC)))
            .flatMap(s -> s)
            .toList();

    private PodMutations() {}

    private static void sysctls(ObjectNode securityContext, Draw draw) {
        if (draw.chance(10)) {
            draw.set(securityContext, "sysctls", "[]", "null", "[{value: '1'}]", "[{name: null}]");
            return;
        }
        for (int n = draw.upTo(2); n >= 0; n--) {
            sysctl(securityContext, draw.oneOf(draw.chance(30) ? PodFields.OTHER_SYSCTLS : PodFields.SYSCTLS_OF_1_0));
        }
    }

    /** A name of the version that first allows it, between others that all versions allow, sometimes twice. */
    private static Mutation sysctlsFrom(int minor, List<String> names) {
        return Mutation.of(
                "sysctls of 1." + minor,
                (securityContext, draw) -> {
                    sysctl(securityContext, draw.oneOf(PodFields.SYSCTLS_OF_1_0));
                    var name = draw.oneOf(names);
                    for (int n = draw.upTo(1); n >= 0; n--) {
                        sysctl(securityContext, name);
                    }
                },
                minor);
    }

    private static void sysctl(ObjectNode securityContext, String name) {
        securityContext
                .withArrayProperty("sysctls")
                .addObject()
                .put("name", name)
                .put("value", "1");
    }

    private static void volumes(ObjectNode spec, Draw draw) {
        if (draw.chance(8)) {
            draw.set(spec, "volumes", "[]", "null", "[{}]", "[{name: 'none'}]");
            return;
        }
        var volumes = spec.putArray("volumes");
        for (int n = draw.upTo(2); n >= 0; n--) {
            volume(volumes.addObject().put("name", "volume-" + n), draw);
        }
    }

    /** Mostly one source; at times none, several, or sources that are null. */
    private static void volume(ObjectNode volume, Draw draw) {
        for (int n = draw.chance(20) ? draw.upTo(3) : 1; n > 0; n--) {
            var kind = draw.chance(40)
                    ? "hostPath"
                    : draw.oneOf(draw.chance(50) ? PodFields.ALLOWED_VOLUMES : PodFields.RESTRICTED_VOLUMES);
            draw.set(volume, kind, kind.equals("hostPath") ? List.of("{path: '/'}", "{}") : List.of("{}"));
            if (draw.chance(5)) {
                volume.putNull(kind);
            }
        }
    }

    private static void seccompAnnotations(ObjectNode pod, Draw draw) {
        if (draw.chance(10)) {
            draw.set(
                    pod,
                    "metadata",
                    "{}",
                    "null",
                    "{annotations: null}",
                    "{annotations: {}}",
                    "{annotations: {a: null}}");
            return;
        }
        var annotations = annotations(pod);
        if (draw.chance(50)) {
            draw.set(annotations, "seccomp.security.alpha.kubernetes.io/pod", PodFields.SECCOMP_ANNOTATIONS);
        } else {
            draw.set(
                    annotations,
                    "container.seccomp.security.alpha.kubernetes.io/" + containerName(draw),
                    PodFields.SECCOMP_ANNOTATIONS);
        }
    }

    private static void appArmorAnnotations(ObjectNode pod, Draw draw) {
        for (int n = draw.upTo(1); n >= 0; n--) {
            draw.set(
                    annotations(pod),
                    "container.apparmor.security.beta.kubernetes.io/" + containerName(draw),
                    PodFields.APPARMOR_ANNOTATIONS);
        }
    }

    private static ObjectNode annotations(ObjectNode pod) {
        return pod.withObjectProperty("metadata").withObjectProperty("annotations");
    }

    /** The name of the first container, which is always there, of one that may be there, of none. */
    private static String containerName(Draw draw) {
        return draw.oneOf("container-0", "container-0", "init-0", "debug-0", "nobody", "");
    }
}
