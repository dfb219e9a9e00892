package dev.portcullis.kubernetes;

import dev.portcullis.workload.Conduct;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerKind;
import dev.portcullis.workload.DeviceGrant;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.EnvironmentVariable;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.HostAccess;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.PodSecurity;
import dev.portcullis.workload.Port;
import dev.portcullis.workload.RestartPolicy;
import dev.portcullis.workload.Scoped;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Ulimit;
import dev.portcullis.workload.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one container of a pod. */
final class ContainerReader {
    private static final Setting<String> NO_LIMITS = new Setting.Inexpressible<>(
            "ephemeral containers share the pod's resources and have no limits of their own");

    private static final Setting<List<Setting.Declared<Ulimit>>> NO_ULIMITS =
            new Setting.Inexpressible<>("a pod cannot say it: the node's container runtime decides");
    private static final Setting<Boolean> CGROUPS_READ_ONLY =
            new Setting.Inexpressible<>("a pod cannot make its control groups writable");
    private static final Setting<String> NO_CGROUP_PARENT =
            new Setting.Inexpressible<>("the kubelet chooses the control group of a pod");
    private static final Setting<List<Setting.Declared<DeviceGrant>>> NO_DEVICES = new Setting.Inexpressible<>(
            "a pod cannot name devices of the host: device plugins and resource claims hand them out");
    private static final Setting<RestartPolicy> NO_RESTART_POLICY =
            new Setting.Inexpressible<>("the kubelet restarts containers with growing pauses, uncounted");
    private static final Setting<String> NO_LOG_DRIVER =
            new Setting.Inexpressible<>("the kubelet keeps the output of every container");
    private static final Setting<Boolean> RUNS_TO_COMPLETION =
            new Setting.Inexpressible<>("what runs to completion tells by its end how it went");
    private static final Setting<Boolean> NO_PROBES =
            new Setting.Inexpressible<>("ephemeral containers cannot have probes");

    private static final String SCRATCH_VOLUME = "tmp";
    private static final List<String> HANDLERS = List.of("httpGet", "tcpSocket", "exec", "grpc");
    private static final List<String> LASTING_PROBES = List.of("livenessProbe", "readinessProbe");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> HOOKS = List.of("postStart", "preStop");

    private final PodSecurity pod;
    private final Setting<Long> podPidsLimit;
    private final LimitReader limitReader;
    private final Set<String> hostVolumes;
    private final boolean ending;
    private final FieldPath volumes;
    private final String scratchVolume;

    /**
     * A reader of a pod's containers.
     *
     * @param volumes those of the pod
     */
    ContainerReader(PodSecurity pod, Setting<Long> podPidsLimit, Fields spec, List<Volume> volumes)
            throws MalformedObjectException {
        String restart = spec.text("restartPolicy");
        this.pod = pod;
        this.podPidsLimit = podPidsLimit;
        this.limitReader = new LimitReader(spec);
        this.hostVolumes = volumes.stream()
                .filter(volume -> volume.hostPath() != null)
                .map(Volume::name)
                .collect(Collectors.toUnmodifiableSet());
        this.ending = restart != null && !restart.equals("Always");
        this.volumes = spec.pathOf("volumes");
        this.scratchVolume = unused(volumes);
    }

    private static String unused(List<Volume> volumes) {
        String name = SCRATCH_VOLUME;
        for (int i = 2; isUsed(name, volumes); i++) {
            name = SCRATCH_VOLUME + "-" + i;
        }
        return name;
    }

    private static boolean isUsed(String name, List<Volume> volumes) {
        return volumes.stream().anyMatch(volume -> volume.name().equals(name));
    }

    Container read(Fields container, ContainerKind kind) throws MalformedObjectException {
        Fields context = container.object("securityContext");
        Fields capabilities = context.object("capabilities");
        Fields resources = container.object("resources");
        String name = container.text("name");
        boolean ephemeral = kind == ContainerKind.EPHEMERAL;
        return new Container(
                name == null ? "" : name,
                kind,
                container.path(),
                container.textSetting("image"),
                context.flagSetting("privileged", false),
                list(capabilities, "add"),
                list(capabilities, "drop"),
                noNewPrivileges(context),
                new Scoped<>(context.flagSetting("runAsNonRoot", null), pod.runAsNonRoot()),
                new Scoped<>(SecurityContextReader.runAsUser(context), pod.runAsUser()),
                context.flagSetting("readOnlyRootFilesystem", false),
                new Scoped<>(SecurityContextReader.profile(context, "seccompProfile"), pod.seccompProfile()),
                new Scoped<>(SecurityContextReader.profile(context, "appArmorProfile"), pod.appArmorProfile()),
                new Scoped<>(SecurityContextReader.selinux(context), pod.selinuxOptions()),
                List.of(kernelPathsMasked(context)),
                new Scoped<>(SecurityContextReader.hostProcess(context), pod.windowsHostProcess()),
                hostPorts(container),
                probeHosts(container),
                mounts(container),
                podPidsLimit,
                ephemeral ? NO_LIMITS : limitReader.memory(resources),
                ephemeral ? NO_LIMITS : limitReader.cpu(resources),
                NO_ULIMITS,
                new HostAccess(CGROUPS_READ_ONLY, NO_CGROUP_PARENT, NO_DEVICES, interfaces(container)),
                new Conduct(
                        NO_RESTART_POLICY,
                        healthcheck(container, kind),
                        NO_LOG_DRIVER,
                        ports(container),
                        container.textSetting("workingDir")),
                environment(container),
                directory -> scratch(container, directory));
    }

    private List<Edit> scratch(Fields container, String directory) {
        Map<String, Object> volume = new LinkedHashMap<>();
        volume.put("name", scratchVolume);
        volume.put("emptyDir", Map.of());
        Map<String, Object> mount = new LinkedHashMap<>();
        mount.put("name", scratchVolume);
        mount.put("mountPath", directory);
        return List.of(new Edit.Append(volumes, volume), new Edit.Append(container.pathOf("volumeMounts"), mount));
    }

    private static List<Setting<String>> interfaces(Fields container) throws MalformedObjectException {
        List<Setting<String>> interfaces = new ArrayList<>();
        for (Fields port : container.objects("ports")) {
            Long number = port.number("hostPort", Integer.MIN_VALUE, Integer.MAX_VALUE);
            if (number != null && number != 0) {
                String address = port.text("hostIP");
                FieldPath path = port.pathOf("hostIP");
                interfaces.add(
                        address == null || address.isEmpty()
                                ? new Setting.Absent<>(path, Notation.plain())
                                : new Setting.Declared<>(address, path));
            }
        }
        return interfaces;
    }

    private Setting<Boolean> healthcheck(Fields container, ContainerKind kind) throws MalformedObjectException {
        if (kind == ContainerKind.INIT || ending) {
            return RUNS_TO_COMPLETION;
        }
        if (kind == ContainerKind.EPHEMERAL) {
            return NO_PROBES;
        }
        for (String probe : LASTING_PROBES) {
            Fields declared = container.object(probe);
            if (HANDLERS.stream().anyMatch(handler -> declared.node(handler) != null)) {
                return new Setting.Declared<>(true, declared.path());
            }
        }
        return new Setting.Absent<>(container.pathOf("livenessProbe"), Notation.plain(), false);
    }

    private static List<Setting.Declared<Port>> ports(Fields container) throws MalformedObjectException {
        List<Setting.Declared<Port>> ports = new ArrayList<>();
        for (Fields port : container.objects("ports")) {
            Long number = port.number("containerPort", Integer.MIN_VALUE, Integer.MAX_VALUE);
            if (number != null) {
                String protocol = port.text("protocol");
                Port read = new Port(number, protocol == null ? Port.TCP : protocol.toLowerCase(Locale.ROOT));
                ports.add(new Setting.Declared<>(read, port.pathOf("containerPort"), number, Notation.plain()));
            }
        }
        return ports;
    }

    private static List<Setting.Declared<EnvironmentVariable>> environment(Fields container)
            throws MalformedObjectException {
        List<Setting.Declared<EnvironmentVariable>> variables = new ArrayList<>();
        for (Fields variable : container.objects("env")) {
            String name = variable.text("name");
            String value = variable.text("value");
            if (name != null && value != null && !value.isEmpty()) {
                variables.add(new Setting.Declared<>(
                        new EnvironmentVariable(name, value),
                        variable.pathOf("value"),
                        EnvironmentVariable.REDACTED,
                        (path, other) -> new Edit.Set(path, other.value())));
            }
        }
        return variables;
    }

    private static Setting<List<String>> list(Fields capabilities, String name) throws MalformedObjectException {
        List<String> names = capabilities.texts(name);
        FieldPath path = capabilities.pathOf(name);
        return names == null
                ? new Setting.Absent<>(path, Notation.plain(), List.of())
                : new Setting.Declared<>(names, path);
    }

    private static Setting<Boolean> noNewPrivileges(Fields context) throws MalformedObjectException {
        Boolean escalation = context.flag("allowPrivilegeEscalation");
        FieldPath path = context.pathOf("allowPrivilegeEscalation");
        return escalation == null
                ? new Setting.Absent<>(path, Notation.inverted(), false)
                : new Setting.Declared<>(!escalation, path, escalation, Notation.inverted());
    }

    private static Setting<Boolean> kernelPathsMasked(Fields context) throws MalformedObjectException {
        String procMount = context.text("procMount");
        FieldPath path = context.pathOf("procMount");
        Notation<Boolean> notation = (at, masked) -> new Edit.Set(at, masked ? "Default" : "Unmasked");
        return procMount == null
                ? new Setting.Absent<>(path, notation, true)
                : new Setting.Declared<>(procMount.equals("Default"), path, procMount, notation);
    }

    private static Setting<List<Setting.Declared<String>>> hostPorts(Fields container) throws MalformedObjectException {
        List<Setting.Declared<String>> taken = new ArrayList<>();
        for (Fields port : container.objects("ports")) {
            Long number = port.number("hostPort", Integer.MIN_VALUE, Integer.MAX_VALUE);
            if (number != null && number != 0) {
                taken.add(new Setting.Declared<>(number.toString(), port.pathOf("hostPort"), number, Notation.plain()));
            }
        }
        return listing(taken, container.pathOf("ports"));
    }

    private static Setting<List<Setting.Declared<String>>> probeHosts(Fields container)
            throws MalformedObjectException {
        List<Setting.Declared<String>> hosts = new ArrayList<>();
        for (String probe : PROBES) {
            addHosts(container.object(probe), hosts);
        }
        Fields lifecycle = container.object("lifecycle");
        for (String hook : HOOKS) {
            addHosts(lifecycle.object(hook), hosts);
        }
        return listing(hosts, container.path());
    }

    private static void addHosts(Fields handler, List<Setting.Declared<String>> hosts) throws MalformedObjectException {
        if (!handler.isPresent()) {
            return;
        }
        for (Fields action : List.of(handler.object("httpGet"), handler.object("tcpSocket"))) {
            String host = action.text("host");
            if (host != null && !host.isEmpty()) {
                hosts.add(new Setting.Declared<>(host, action.pathOf("host")));
            }
        }
    }

    private List<Mount> mounts(Fields container) throws MalformedObjectException {
        List<Mount> mounts = new ArrayList<>();
        for (Fields mount : container.objects("volumeMounts")) {
            String volume = textOrEmpty(mount, "name");
            mounts.add(new Mount(
                    volume,
                    textOrEmpty(mount, "mountPath"),
                    mount.path(),
                    hostVolumes.contains(volume),
                    propagation(mount),
                    mount.flagSetting("readOnly", false),
                    submountsReadOnly(mount)));
        }
        return mounts;
    }

    private static Setting<Boolean> submountsReadOnly(Fields mount) throws MalformedObjectException {
        String mode = mount.text("recursiveReadOnly");
        FieldPath path = mount.pathOf("recursiveReadOnly");
        Notation<Boolean> notation = (at, only) -> new Edit.Set(at, only ? "IfPossible" : "Disabled");
        return mode == null
                ? new Setting.Absent<>(path, notation, false)
                : new Setting.Declared<>(!mode.equals("Disabled"), path, mode, notation);
    }

    private static Setting<String> propagation(Fields mount) throws MalformedObjectException {
        String propagation = mount.text("mountPropagation");
        FieldPath path = mount.pathOf("mountPropagation");
        return propagation == null
                ? new Setting.Absent<>(path, Notation.plain(), "None")
                : new Setting.Declared<>(propagation, path);
    }

    static Setting<List<Setting.Declared<String>>> listing(List<Setting.Declared<String>> items, FieldPath path) {
        return items.isEmpty() ? new Setting.Absent<>(path, Notation.plain()) : new Setting.Declared<>(items, path);
    }

    private static String textOrEmpty(Fields fields, String name) throws MalformedObjectException {
        @Nullable String text = fields.text(name);
        return text == null ? "" : text;
    }
}
