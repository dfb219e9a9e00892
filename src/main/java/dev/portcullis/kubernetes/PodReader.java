package dev.portcullis.kubernetes;

import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerKind;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.MemoryMount;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.NodeProfiles;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.PodSecurity;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.ServiceAccountToken;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a pod, or the pod template of a controller, into a workload. */
final class PodReader {
    /** No pod that an API server would store comes near it. */
    private static final int MOST_CONTAINERS = 20_000;

    private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";

    /** Nobody sets another profile by annotation. */
    private static final Notation<SecurityProfile> ANNOTATION =
            (path, profile) -> new Edit.Set(path, "runtime/default");

    private static final Notation<String> IN_BYTES =
            (path, bytes) -> new Edit.Set(path, Quantity.ofBytes(Long.parseLong(bytes)));

    private static final Setting<NamespaceSharing> NO_HOST_UTS =
            new Setting.Inexpressible<>("a pod's UTS namespace follows its network namespace");

    private static final Setting<NamespaceSharing> NO_CGROUP_NAMESPACE =
            new Setting.Inexpressible<>("the node's container runtime gives every pod its own");

    private static final String NETWORK_ELSEWHERE =
            "a pod cannot say it: the network policies of its namespace decide, and scans look for one that denies by default";

    /** The name of the volume that the API server's ServiceAccount admission adds begins so. */
    private static final String INJECTED_TOKEN = "kube-api-access-";

    private static final String PIDS_ELSEWHERE =
            "a pod cannot say it: the limit is the node's, podPidsLimit in the kubelet's configuration";

    private static final Pattern SMALL_NUMBER = Pattern.compile("[0-9]{1,9}");

    private PodReader() {}

    /** Reads {@code metadata} and {@code spec} of a pod or template, of which a cluster may know more. */
    static Workload read(Subject subject, Fields pod, PodFacts facts) throws MalformedObjectException {
        Fields spec = pod.object("spec");
        if (!spec.isPresent()) {
            throw new MalformedObjectException(spec.path(), "is missing");
        }
        Fields context = spec.object("securityContext");
        PodSecurity security = SecurityContextReader.pod(context);
        List<Volume> volumes = volumes(spec, facts);
        List<Container> containers = containers(spec, security, volumes, facts);
        Fields annotations = pod.object("metadata").object("annotations");
        return new Workload(
                subject,
                "windows".equals(spec.object("os").text("name")),
                hostNamespace(spec, "hostPID"),
                hostNamespace(spec, "hostIPC"),
                hostNamespace(spec, "hostNetwork"),
                NO_HOST_UTS,
                spec.flagSetting("hostUsers", true),
                security,
                sysctls(context),
                appArmorAnnotations(annotations),
                seccompAnnotations(annotations, containers),
                volumes,
                containers,
                memoryMounts(spec),
                NO_CGROUP_NAMESPACE,
                spec.textSetting("runtimeClassName"),
                new ServiceAccountToken(
                        spec.flagSetting("automountServiceAccountToken", true),
                        injectedToken(spec, volumes, containers)),
                new Setting.Inexpressible<>(NETWORK_ELSEWHERE, facts.networkIsolated()),
                unprivilegedPorts(context),
                hasBlockDevices(spec),
                ImageKnowledge.NONE,
                ImageDigests.NONE,
                NodeProfiles.NONE);
    }

    private static boolean hasBlockDevices(Fields spec) throws MalformedObjectException {
        for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
            for (Fields container : spec.objects(list)) {
                if (container.size("volumeDevices") > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<MemoryMount> memoryMounts(Fields spec) throws MalformedObjectException {
        List<MemoryMount> mounts = new ArrayList<>();
        for (Fields volume : spec.objects("volumes")) {
            Fields emptyDir = volume.object("emptyDir");
            if ("Memory".equals(emptyDir.text("medium"))) {
                String limit = emptyDir.quantity("sizeLimit");
                FieldPath path = emptyDir.pathOf("sizeLimit");
                Setting<String> size = limit == null
                        ? new Setting.Absent<>(path, IN_BYTES)
                        : new Setting.Declared<>(limit, path, limit, IN_BYTES);
                mounts.add(new MemoryMount(emptyDir.path(), List.of(), size));
            }
        }
        return mounts;
    }

    /** The API server puts the token into a pod, once, before any webhook sees it. */
    private static List<Edit> injectedToken(Fields spec, List<Volume> volumes, List<Container> containers) {
        for (Volume volume : volumes) {
            if (volume.name().startsWith(INJECTED_TOKEN) && volume.sources().contains("projected")) {
                List<Edit> edits = new ArrayList<>();
                edits.add(new Edit.Remove(spec.pathOf("volumes"), "name", volume.name()));
                containers.stream()
                        .filter(container -> mounts(container, volume.name()))
                        .map(container -> container.path().child("volumeMounts"))
                        .forEach(mounts -> edits.add(new Edit.Remove(mounts, "name", volume.name())));
                return edits;
            }
        }
        return List.of();
    }

    private static boolean mounts(Container container, String volume) {
        return container.mounts().stream().anyMatch(mount -> mount.volume().equals(volume));
    }

    private static List<Container> containers(Fields spec, PodSecurity security, List<Volume> volumes, PodFacts facts)
            throws MalformedObjectException {
        if (spec.size("containers") + spec.size("initContainers") + spec.size("ephemeralContainers")
                > MOST_CONTAINERS) {
            throw new MalformedObjectException(
                    spec.pathOf("containers"), "must not hold more than " + MOST_CONTAINERS + " containers");
        }
        Setting<Long> pidsLimit = pidsLimit(spec.object("resources").object("limits"), facts);
        ContainerReader reader = new ContainerReader(security, pidsLimit, spec, volumes);
        List<Container> containers = new ArrayList<>();
        for (Fields container : spec.objects("containers")) {
            containers.add(reader.read(container, ContainerKind.MAIN));
        }
        if (containers.isEmpty()) {
            throw new MalformedObjectException(spec.pathOf("containers"), "must hold at least one container");
        }
        for (Fields container : spec.objects("initContainers")) {
            boolean sidecar = "Always".equals(container.text("restartPolicy"));
            containers.add(reader.read(container, sidecar ? ContainerKind.SIDECAR : ContainerKind.INIT));
        }
        for (Fields container : spec.objects("ephemeralContainers")) {
            containers.add(reader.read(container, ContainerKind.EPHEMERAL));
        }
        return containers;
    }

    private static Setting<Long> pidsLimit(Fields podLimits, PodFacts facts) throws MalformedObjectException {
        if (podLimits.node("pids") == null) {
            return new Setting.Inexpressible<>(PIDS_ELSEWHERE, facts.pidsLimit());
        }
        String quantity = podLimits.quantity("pids");
        try {
            return new Setting.Declared<>(Long.valueOf(String.valueOf(quantity)), podLimits.pathOf("pids"));
        } catch (NumberFormatException notWhole) {
            throw new MalformedObjectException(podLimits.pathOf("pids"), "must be a whole number");
        }
    }

    private static Setting<NamespaceSharing> hostNamespace(Fields spec, String name) throws MalformedObjectException {
        Boolean host = spec.flag(name);
        FieldPath path = spec.pathOf(name);
        Notation<NamespaceSharing> notation = (at, sharing) -> new Edit.Set(at, sharing == NamespaceSharing.HOST);
        return host == null
                ? new Setting.Absent<>(path, notation, NamespaceSharing.PRIVATE)
                : new Setting.Declared<>(host ? NamespaceSharing.HOST : NamespaceSharing.PRIVATE, path, host, notation);
    }

    private static Setting<List<Setting.Declared<String>>> sysctls(Fields context) throws MalformedObjectException {
        List<Setting.Declared<String>> names = new ArrayList<>();
        for (Fields sysctl : context.objects("sysctls")) {
            String name = sysctl.text("name");
            names.add(new Setting.Declared<>(name == null ? "" : name, sysctl.pathOf("name")));
        }
        return ContainerReader.listing(names, context.pathOf("sysctls"));
    }

    private static Setting<Long> unprivilegedPorts(Fields context) throws MalformedObjectException {
        for (Fields sysctl : context.objects("sysctls")) {
            String value = sysctl.text("value");
            if (Workload.UNPRIVILEGED_PORTS.equals(sysctl.text("name"))
                    && value != null
                    && SMALL_NUMBER.matcher(value).matches()) {
                return new Setting.Declared<>(Long.valueOf(value), sysctl.pathOf("value"), value, Notation.plain());
            }
        }
        return new Setting.Absent<>(context.pathOf("sysctls"), Notation.plain());
    }

    private static List<Setting.Declared<SecurityProfile>> appArmorAnnotations(Fields annotations)
            throws MalformedObjectException {
        List<Setting.Declared<SecurityProfile>> found = new ArrayList<>();
        for (String key : annotations.names()) {
            if (key.startsWith(APPARMOR)) {
                String value = annotation(annotations, key);
                SecurityProfile profile =
                        value.isEmpty() ? SecurityProfile.RUNTIME_DEFAULT : annotated(value, "runtime/default");
                found.add(new Setting.Declared<>(profile, annotations.pathOf(key), value, ANNOTATION));
            }
        }
        return found;
    }

    private static List<Setting.Declared<SecurityProfile>> seccompAnnotations(
            Fields annotations, List<Container> containers) throws MalformedObjectException {
        List<Setting.Declared<SecurityProfile>> found = new ArrayList<>();
        addSeccomp(annotations, SECCOMP_POD, found);
        for (Container container : containers) {
            addSeccomp(annotations, SECCOMP_CONTAINER + container.name(), found);
        }
        return found;
    }

    private static void addSeccomp(Fields annotations, String key, List<Setting.Declared<SecurityProfile>> found)
            throws MalformedObjectException {
        if (annotations.has(key)) {
            String value = annotation(annotations, key);
            SecurityProfile profile = annotated(value, value.equals("docker/default") ? value : "runtime/default");
            found.add(new Setting.Declared<>(profile, annotations.pathOf(key), value, ANNOTATION));
        }
    }

    private static SecurityProfile annotated(String value, String runtimeDefault) {
        if (value.equals(runtimeDefault)) {
            return SecurityProfile.RUNTIME_DEFAULT;
        }
        if (value.startsWith("localhost/")) {
            return new SecurityProfile(SecurityProfile.Type.LOCALHOST, value.substring("localhost/".length()));
        }
        return value.equals("unconfined")
                ? SecurityProfile.UNCONFINED
                : new SecurityProfile(SecurityProfile.Type.UNKNOWN, null);
    }

    private static String annotation(Fields annotations, String key) throws MalformedObjectException {
        String value = annotations.text(key);
        return value == null ? "" : value;
    }

    private static List<Volume> volumes(Fields spec, PodFacts facts) throws MalformedObjectException {
        List<Volume> volumes = new ArrayList<>();
        for (Fields volume : spec.objects("volumes")) {
            String name = volume.text("name");
            List<String> sources = new ArrayList<>(1);
            for (String key : volume.names()) {
                if (!key.equals("name") && volume.node(key) != null) {
                    sources.add(key);
                }
            }
            Setting.Declared<String> hostPath = hostPath(volume.object("hostPath"));
            if (hostPath == null) {
                hostPath = hostPathBehind(volume.object("persistentVolumeClaim"), facts);
            }
            volumes.add(new Volume(name == null ? "" : name, volume.path(), sources, hostPath));
        }
        return volumes;
    }

    private static Setting.@Nullable Declared<String> hostPathBehind(Fields claim, PodFacts facts)
            throws MalformedObjectException {
        String name = facts.hostPaths().isEmpty() ? null : claim.text("claimName");
        String path = name == null ? null : facts.hostPaths().get(name);
        return name == null || path == null
                ? null
                : new Setting.Declared<>(path, claim.pathOf("claimName"), name, Notation.plain());
    }

    private static Setting.@Nullable Declared<String> hostPath(Fields source) throws MalformedObjectException {
        if (!source.isPresent()) {
            return null;
        }
        String path = source.text("path");
        return new Setting.Declared<>(path == null ? "" : path, source.pathOf("path"));
    }
}
