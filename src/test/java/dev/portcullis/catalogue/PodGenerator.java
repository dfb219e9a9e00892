package dev.portcullis.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes pods that Go decodes as corev1.Pod, with at least one container and no null in a list: each begins as one that passes the restricted standard at every version,
 * spelled in one of many ways, and gets up to four mutations.
 */
public final class PodGenerator {

    /**
     * A generated pod.
     *
     * @param boundaries minors at which the standards judge something that was set differently from the minor before
     */
    public record GeneratedPod(ObjectNode json, List<Integer> boundaries) {}

    static final List<String> LISTS = List.of("containers", "initContainers", "ephemeralContainers");

    private static final List<Integer> MUTATIONS = List.of(0, 0, 0, 1, 1, 1, 2, 2, 3, 4);

    private final Draw draw;

    /** One that draws from a source. */
    public PodGenerator(RandomGenerator random) {
        this.draw = new Draw(random);
    }

    /** The next pod. */
    public GeneratedPod next() {
        var pod = valid();
        var boundaries = new ArrayList<Integer>();
        for (int n = draw.oneOf(MUTATIONS); n > 0; n--) {
            var mutation = mutate(pod);
            boundaries.addAll(mutation.boundaries());
        }
        if (draw.chance(4)) {
            windowsPod(pod);
            boundaries.add(25);
        }
        if (draw.chance(6)) {
            userNamespacePod(pod);
            boundaries.add(35);
        }
        if (draw.chance(1)) {
            oddContainers(pod);
        }
        return new GeneratedPod(pod, boundaries);
    }

    /** A pod that every check passes at every version. */
    ObjectNode valid() {
        var pod = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", "generated").put("namespace", "default");
        var spec = pod.putObject("spec");
        if (draw.chance(30)) {
            draw.set(spec, "hostNetwork", "false", "null");
            draw.set(spec, "hostUsers", "true", "null");
            draw.set(spec, "os", "{name: 'linux'}", "{}", "null");
            draw.set(spec, "volumes", "[]", "null", "[{name: 'tmp', emptyDir: {}}]");
        }
        var atPod = draw.chance(60);
        if (atPod || draw.chance(50)) {
            var context = spec.putObject("securityContext");
            if (atPod) {
                demands(context);
            }
        }
        containers(spec, "containers", "container-", 1 + draw.upTo(1), atPod);
        containers(spec, "initContainers", "init-", draw.chance(40) ? 1 : 0, atPod);
        containers(spec, "ephemeralContainers", "debug-", draw.chance(30) ? 1 : 0, atPod);
        return pod;
    }

    private void containers(ObjectNode spec, String list, String prefix, int count, boolean atPod) {
        if (count == 0) {
            draw.set(spec, list, Draw.ABSENT, Draw.ABSENT, "[]", "null");
            return;
        }
        var containers = spec.putArray(list);
        for (int i = 0; i < count; i++) {
            var container = containers.addObject().put("name", prefix + i).put("image", "registry.example/app:1");
            if (list.equals("initContainers")) {
                draw.set(container, "restartPolicy", "'Always'", "null", Draw.ABSENT);
            }
            var context = container.putObject("securityContext").put("allowPrivilegeEscalation", false);
            draw.set(context, "capabilities", "{drop: ['ALL']}", "{drop: ['ALL'], add: ['NET_BIND_SERVICE']}");
            draw.set(context, "privileged", Draw.ABSENT, "false", "null");
            if (!atPod || draw.chance(30)) {
                demands(context);
            }
        }
    }

    /** What the restricted standard wants said either of the pod or of each container. */
    private void demands(ObjectNode context) {
        context.put("runAsNonRoot", true);
        draw.set(context, "seccompProfile", "{type: 'RuntimeDefault'}", "{type: 'Localhost', localhostProfile: 'a'}");
        draw.set(context, "runAsUser", "1000", "null", Draw.ABSENT);
    }

    private Mutation mutate(ObjectNode pod) {
        if (draw.chance(50)) {
            var mutation = draw.oneOf(PodMutations.ALL);
            mutation.apply(pod, draw);
            return mutation;
        }
        var mutation = draw.oneOf(ContainerMutations.ALL);
        var containers = containersOf(pod);
        if (draw.chance(30)) {
            containers.forEach(container -> mutation.apply(container, draw));
        } else {
            mutation.apply(draw.oneOf(containers), draw);
        }
        return mutation;
    }

    /** A Windows pod has no Linux settings: from 1.25 the standards no longer ask for them. */
    private void windowsPod(ObjectNode pod) {
        spec(pod).putObject("os").put("name", draw.chance(85) ? "windows" : "linux");
        for (var container : containersOf(pod)) {
            var context = container.withObjectProperty("securityContext");
            draw.set(context, "allowPrivilegeEscalation", Draw.ABSENT, Draw.ABSENT, "false", "null");
            draw.set(context, "capabilities", Draw.ABSENT, "{}", "{drop: ['ALL']}", "{add: ['CHOWN']}");
            draw.set(context, "seccompProfile", Draw.ABSENT, "{type: 'RuntimeDefault'}", "{type: 'Unconfined'}");
        }
        draw.set(spec(pod).withObjectProperty("securityContext"), "seccompProfile", Draw.ABSENT, "null");
    }

    /** From 1.35 a pod in a user namespace of its own may be root and, at baseline, see an unmasked /proc. */
    private void userNamespacePod(ObjectNode pod) {
        draw.set(spec(pod), "hostUsers", "false", "false", "true");
        var context = spec(pod).withObjectProperty("securityContext");
        draw.set(context, "runAsNonRoot", "false", "true", "null");
        draw.set(context, "runAsUser", "0", "0", "1000", Draw.ABSENT);
        for (var container : containersOf(pod)) {
            draw.set(container.withObjectProperty("securityContext"), "procMount", PodFields.PROC_MOUNT);
        }
    }

    /** Containers with nothing set, with no name, or with the same one. */
    private void oddContainers(ObjectNode pod) {
        draw.set(spec(pod), draw.oneOf(LISTS), "[{}]", "[{}, {securityContext: {}}]");
        containersOf(pod).forEach(container -> draw.set(container, "name", "null", "'container-0'", Draw.ABSENT));
    }

    private static ObjectNode spec(ObjectNode pod) {
        return pod.withObjectProperty("spec");
    }

    private static List<ObjectNode> containersOf(ObjectNode pod) {
        return LISTS.stream()
                .flatMap(list -> spec(pod).path(list).valueStream())
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }
}
