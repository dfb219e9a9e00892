package dev.portcullis.docker;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.seccomp.ContainerCapabilities;
import dev.portcullis.workload.Conduct;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerKind;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.EnvironmentVariable;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.HostAccess;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.NodeProfiles;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.PodSecurity;
import dev.portcullis.workload.RestartPolicy;
import dev.portcullis.workload.Scoped;
import dev.portcullis.workload.ServiceAccountToken;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Ulimit;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads bodies of {@code POST /containers/create}. Docker's clients send every field, so a zero value (false, 0, an empty
 * text or list) counts as not said wherever the engine does not tell it from null.
 */
public final class DockerReader {
    private static final String NO_PODS = "a Docker container has no pod";

    private static final Setting<Boolean> OWN_NETWORK = new Setting.Inexpressible<>(
            "its network decides which containers reach it: networks are judged when they are made");
    private static final Setting<Boolean> DEFAULT_NETWORK = new Setting.Inexpressible<>(
            "the engine's own bridge decides which containers reach it (icc), which a scan of the engine looks at");
    private static final Setting<Boolean> NETWORK_OF_ANOTHER =
            new Setting.Inexpressible<>("it shares the network of another container: host-network judges that");
    private static final Setting<Boolean> HOST_NETWORK =
            new Setting.Inexpressible<>("it is on the host's network: host-network judges that");

    private static final ServiceAccountToken NO_TOKEN = new ServiceAccountToken(noPod(), List.of());

    private static final PodSecurity NO_POD = new PodSecurity(noPod(), noPod(), noPod(), noPod(), noPod(), noPod());

    private static final Pattern SMALL_NUMBER = Pattern.compile("[0-9]{1,9}");

    private final GoValue create;
    private final GoValue host;
    private final EngineNotation notation;

    /**
     * A reader of one body.
     *
     * @param create a {@code CreateRequest}
     */
    DockerReader(GoValue create, EngineNotation notation) {
        this.create = create;
        this.host = create.field("HostConfig");
        this.notation = notation;
    }

    /**
     * Reads a body as the engine receives it.
     *
     * @param body JSON in UTF-8
     * @param name the container's name, null where the engine makes one up
     * @throws UnreadableException where it is not one JSON text
     * @throws MalformedBodyException where the engine would not take it, or engines would differ in what they take
     */
    public static Workload read(byte[] body, @Nullable String name) throws UnreadableException, MalformedBodyException {
        return read(Json.read(body), name);
    }

    /** Reads a body that was {@linkplain Json#read read strictly}. */
    public static Workload read(JsonNode body, @Nullable String name) throws MalformedBodyException {
        Subject subject = new Subject(Form.CONTAINER, "Container", null, name);
        return new DockerReader(EngineBody.create(body), EngineNotation.CREATE_BODY).workload(subject);
    }

    /**
     * The same where values of the body are not known to who wrote it.
     *
     * @param unknown why, by their JSON Pointers
     */
    public static Workload read(JsonNode body, @Nullable String name, Map<String, String> unknown)
            throws MalformedBodyException {
        Subject subject = new Subject(Form.CONTAINER, "Container", null, name);
        GoValue create = EngineBody.create(body).forgetting(unknown);
        return new DockerReader(create, EngineNotation.CREATE_BODY).workload(subject);
    }

    /**
     * The same where the engine was asked about what the body names.
     *
     * @param known what it says of volumes and containers
     */
    public static Workload read(JsonNode body, @Nullable String name, EngineObjects known)
            throws MalformedBodyException {
        Subject subject = new Subject(Form.CONTAINER, "Container", null, name);
        GoValue create = EngineBody.create(body);
        Mounted mounted = Mounted.said(create, EngineNotation.CREATE_BODY, known);
        return new DockerReader(create, EngineNotation.CREATE_BODY).workload(subject, mounted);
    }

    Workload workload(Subject subject) throws MalformedBodyException {
        return workload(subject, Mounted.said(create, notation));
    }

    Workload workload(Subject subject, Mounted volumes) throws MalformedBodyException {
        return new Workload(
                subject,
                false,
                namespace("PidMode", "", NamespaceSharing.PRIVATE),
                namespace("IpcMode", "private", NamespaceSharing.PRIVATE),
                namespace("NetworkMode", notation.ownNetwork(), NamespaceSharing.PRIVATE),
                namespace("UTSMode", "", NamespaceSharing.PRIVATE),
                hostUsers(host.field("UsernsMode")),
                NO_POD,
                known(List.of(host.field("Sysctls"), create.field("NetworkingConfig")), this::sysctls),
                List.of(),
                List.of(),
                volumes.volumes(),
                List.of(container(volumes, subject)),
                MemoryMountReader.read(host, notation),
                namespace("CgroupnsMode", "private", null),
                known(host.field("Runtime"), () -> text(host.field("Runtime"))),
                NO_TOKEN,
                known(host.field("NetworkMode"), () -> networkIsolated(host.field("NetworkMode"))),
                unprivilegedPorts(host),
                false,
                ImageKnowledge.NONE,
                ImageDigests.NONE,
                NodeProfiles.NONE);
    }

    private static Setting<Boolean> networkIsolated(GoValue mode) {
        return switch (mode.text()) {
            case "none" -> new Setting.Declared<>(true, mode.path(), "none", Notation.plain());
            case "host" -> HOST_NETWORK;
            case "", "default", "bridge" -> DEFAULT_NETWORK;
            default -> mode.text().startsWith("container:") ? NETWORK_OF_ANOTHER : OWN_NETWORK;
        };
    }

    /** Engines since 20.10 leave no port privileged where the network is the container's own. */
    private static Setting<Long> unprivilegedPorts(GoValue host) {
        GoValue sysctls = host.field("Sysctls");
        GoValue first = sysctls.members().get(Workload.UNPRIVILEGED_PORTS);
        return first != null && SMALL_NUMBER.matcher(first.text()).matches()
                ? new Setting.Declared<>(Long.valueOf(first.text()), first.path(), first.text(), Notation.plain())
                : new Setting.Absent<>(
                        sysctls.path().child(Workload.UNPRIVILEGED_PORTS),
                        Notation.plain(),
                        host.field("NetworkMode").text().equals("host") ? null : 0L);
    }

    /** Whether an object that does not say what it is can only be such a body, in any spelling that the engine reads. */
    public static boolean looksLikeBody(JsonNode object) {
        boolean image = false;
        boolean known = true;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = GoNames.fold(member.getKey());
            if (name.equals("HOSTCONFIG") && member.getValue().isObject()) {
                return true;
            }
            image |= name.equals("IMAGE") && member.getValue().isString();
            known &= EngineTypes.CREATE.match(member.getKey()) != null;
        }
        return image && known;
    }

    private Container container(Mounted volumes, Subject subject) throws MalformedBodyException {
        SecurityOptions options = SecurityOptions.read(host.field("SecurityOpt"), capabilities());
        List<Setting<Boolean>> kernelPaths = new ArrayList<>(options.kernelPaths());
        if (kernelPaths.stream().noneMatch(Setting.Inexpressible.class::isInstance)) {
            kernelPaths.add(KernelPaths.masked(host));
            kernelPaths.add(KernelPaths.readOnly(host));
        }
        // A service's name stands in every path of it already.
        boolean named =
                subject.name() != null && subject.form() != Form.COMPOSE_SERVICE && subject.form() != Form.IMAGE;
        return new Container(
                named ? String.valueOf(subject.name()) : "",
                ContainerKind.MAIN,
                create.path(),
                known(create.field("Image"), () -> text(create.field("Image"))),
                known(host.field("Privileged"), () -> flag(host.field("Privileged"))),
                known(host.field("CapAdd"), () -> capabilities(host.field("CapAdd"))),
                known(host.field("CapDrop"), () -> capabilities(host.field("CapDrop"))),
                options.noNewPrivileges(),
                own(new Setting.Inexpressible<>("Docker has no such flag: the user itself says it")),
                own(known(create.field("User"), () -> UserReader.read(create.field("User"), notation.holdsImage()))),
                known(host.field("ReadonlyRootfs"), () -> flag(host.field("ReadonlyRootfs"))),
                own(options.seccomp()),
                own(options.appArmor()),
                own(options.selinux()),
                kernelPaths,
                own(new Setting.Inexpressible<>("Docker has no host process containers")),
                known(host.field("PortBindings"), () -> PortReader.hostPorts(host)),
                new Setting.Inexpressible<>("a Docker health check is a command inside the container"),
                volumes.mounts(),
                known(host.field("PidsLimit"), () -> pidsLimit(host.field("PidsLimit"))),
                known(host.field("Memory"), () -> LimitReader.memory(host, notation)),
                known(List.of(host.field("NanoCpus"), host.field("CpuQuota")), () -> LimitReader.cpu(host, notation)),
                known(host.field("Ulimits"), () -> ulimits(host.field("Ulimits"))),
                new HostAccess(
                        options.cgroupsReadOnly(),
                        known(host.field("CgroupParent"), () -> text(host.field("CgroupParent"))),
                        known(
                                List.of(
                                        host.field("Devices"),
                                        host.field("DeviceCgroupRules"),
                                        host.field("DeviceRequests")),
                                () -> DeviceReader.read(host)),
                        PortReader.interfaces(host, notation)),
                new Conduct(
                        known(host.field("RestartPolicy"), () -> restartPolicy(host.field("RestartPolicy"))),
                        known(
                                create.field("Healthcheck"),
                                () -> healthcheck(create.field("Healthcheck").field("Test"), notation.holdsImage())),
                        known(
                                host.field("LogConfig"),
                                () -> text(host.field("LogConfig").field("Type"))),
                        PortReader.listening(create),
                        known(create.field("WorkingDir"), () -> text(create.field("WorkingDir")))),
                environment(create.field("Env")),
                directory -> notation.scratch(host.field("Tmpfs"), directory));
    }

    /** Those it has, as runtimes name them. */
    private Set<String> capabilities() {
        List<String> added = host.field("Privileged").flag()
                ? List.of("ALL")
                : Objects.requireNonNullElse(capabilities(host.field("CapAdd")).effective(), List.of());
        List<String> dropped =
                Objects.requireNonNullElse(capabilities(host.field("CapDrop")).effective(), List.of());
        return ContainerCapabilities.of(dropped, added);
    }

    private static Setting<List<Setting.Declared<Ulimit>>> ulimits(GoValue list) {
        List<Setting.Declared<Ulimit>> ulimits = new ArrayList<>();
        for (GoValue ulimit : list.elements()) {
            if (ulimit.isSet()) {
                GoValue hard = ulimit.field("Hard");
                Ulimit read = new Ulimit(
                        ulimit.field("Name").text(), ulimit.field("Soft").number(), hard.number());
                ulimits.add(new Setting.Declared<>(
                        read, hard.path(), hard.number(), (path, other) -> new Edit.Set(path, other.hard())));
            }
        }
        return ulimits.isEmpty()
                ? new Setting.Absent<>(list.path(), Notation.plain())
                : new Setting.Declared<>(ulimits, list.path());
    }

    private Setting<RestartPolicy> restartPolicy(GoValue policy) {
        GoValue name = policy.field("Name");
        GoValue retries = policy.field("MaximumRetryCount");
        RestartPolicy read = new RestartPolicy(name.text().isEmpty() ? "no" : name.text(), retries.number());
        return switch (read.name()) {
            case "no" -> new Setting.Absent<>(retries.path(), notation.restartPolicy(), read);
            case "on-failure" ->
                new Setting.Declared<>(read, retries.path(), notation.written(read), notation.restartPolicy());
            default ->
                new Setting.Declared<>(read, name.path(), name.text(), notation.renamedRestartPolicy(policy.path()));
        };
    }

    /** No test takes the image's, {@code NONE} switches it off. */
    private static Setting<Boolean> healthcheck(GoValue test, boolean holdsImage) {
        if (test.elements().isEmpty()) {
            return new Setting.Absent<>(test.path(), Notation.plain(), holdsImage ? false : null);
        }
        List<String> raw = test.elements().stream().map(GoValue::text).toList();
        return new Setting.Declared<>(!raw.getFirst().equals("NONE"), test.path(), raw, Notation.plain());
    }

    private static List<Setting.Declared<EnvironmentVariable>> environment(GoValue list) {
        List<Setting.Declared<EnvironmentVariable>> variables = new ArrayList<>();
        String whole = list.elements().isEmpty() ? list.unknown() : null;
        if (whole != null) {
            variables.add(new Setting.Declared<>(EnvironmentVariable.unknown(whole), list.path()));
        }
        for (GoValue entry : list.elements()) {
            String unknown = entry.unknown();
            if (unknown != null) {
                variables.add(new Setting.Declared<>(EnvironmentVariable.unknown(unknown), entry.path()));
                continue;
            }
            int equals = entry.text().indexOf('=');
            if (equals > 0 && equals < entry.text().length() - 1) {
                EnvironmentVariable variable = new EnvironmentVariable(
                        entry.text().substring(0, equals), entry.text().substring(equals + 1));
                variables.add(new Setting.Declared<>(
                        variable,
                        entry.path(),
                        EnvironmentVariable.REDACTED,
                        (path, other) -> new Edit.Set(path, other.name() + "=" + other.value())));
            }
        }
        return variables;
    }

    /** @param otherwise what the engine does where nothing is said, null where that differs between engines */
    private Setting<NamespaceSharing> namespace(String name, String own, @Nullable NamespaceSharing otherwise) {
        GoValue mode = host.field(name);
        String unknown = mode.unknown();
        if (unknown != null) {
            return new Setting.Inexpressible<>(unknown);
        }
        Notation<NamespaceSharing> written =
                (path, sharing) -> new Edit.Set(path, sharing == NamespaceSharing.HOST ? "host" : own);
        String said = mode.text();
        if (said.isEmpty()) {
            return new Setting.Absent<>(mode.path(), written, otherwise);
        }
        NamespaceSharing sharing = said.equals("host")
                ? NamespaceSharing.HOST
                : notation.joinsContainer(said) ? NamespaceSharing.CONTAINER : NamespaceSharing.PRIVATE;
        return new Setting.Declared<>(sharing, mode.path(), said, written);
    }

    private static Setting<Boolean> hostUsers(GoValue mode) {
        String unknown = mode.unknown();
        if (unknown != null) {
            return new Setting.Inexpressible<>(unknown);
        }
        return mode.text().equals("host")
                ? new Setting.Declared<>(
                        true, mode.path(), "host", (path, host) -> new Edit.Set(path, host ? "host" : ""))
                : new Setting.Inexpressible<>("the engine decides it for all containers (userns-remap)");
    }

    private Setting<List<Setting.Declared<String>>> sysctls() {
        GoValue sysctls = host.field("Sysctls");
        List<Setting.Declared<String>> names = new ArrayList<>();
        sysctls.members().forEach((name, value) -> names.add(new Setting.Declared<>(name, value.path())));
        for (GoValue endpoint : create.field("NetworkingConfig")
                .field("EndpointsConfig")
                .members()
                .values()) {
            GoValue ofEndpoint = endpoint.field("DriverOpts").members().get("com.docker.network.endpoint.sysctls");
            if (ofEndpoint != null && !ofEndpoint.text().isEmpty()) {
                for (String assignment : ofEndpoint.text().split(",", -1)) {
                    String name = assignment.split("=", 2)[0];
                    names.add(new Setting.Declared<>(name, ofEndpoint.path(), ofEndpoint.text(), Notation.plain()));
                }
            }
        }
        return names.isEmpty()
                ? new Setting.Absent<>(sysctls.path(), Notation.plain())
                : new Setting.Declared<>(names, sysctls.path());
    }

    /** In any case, with or without {@code CAP_}, one name an entry. */
    private static Setting<List<String>> capabilities(GoValue list) {
        List<String> names = list.elements().stream()
                .map(entry -> entry.text().toUpperCase(Locale.ROOT))
                .map(name -> name.startsWith("CAP_") ? name.substring("CAP_".length()) : name)
                .toList();
        if (names.isEmpty()) {
            return new Setting.Absent<>(list.path(), Notation.plain(), List.of());
        }
        List<String> raw = list.elements().stream().map(GoValue::text).toList();
        return new Setting.Declared<>(names, list.path(), raw, Notation.plain());
    }

    private static Setting<Boolean> flag(GoValue flag) {
        return flag.flag()
                ? new Setting.Declared<>(true, flag.path())
                : new Setting.Absent<>(flag.path(), Notation.plain(), false);
    }

    private static Setting<String> text(GoValue text) {
        return text.text().isEmpty()
                ? new Setting.Absent<>(text.path(), Notation.plain())
                : new Setting.Declared<>(text.text(), text.path());
    }

    private static Setting<Long> pidsLimit(GoValue limit) {
        return limit.number() == 0
                ? new Setting.Absent<>(limit.path(), Notation.plain())
                : new Setting.Declared<>(limit.number(), limit.path());
    }

    /** What is read of a value; where a part of it is not known, why. */
    private static <T> Setting<T> known(GoValue value, Reading<T> reading) throws MalformedBodyException {
        return known(List.of(value), reading);
    }

    private static <T> Setting<T> known(List<GoValue> values, Reading<T> reading) throws MalformedBodyException {
        for (GoValue value : values) {
            String unknown = value.unknown();
            if (unknown != null) {
                return new Setting.Inexpressible<>(unknown);
            }
        }
        return reading.read();
    }

    /** How a setting is read of values that are known. */
    private interface Reading<T> {
        Setting<T> read() throws MalformedBodyException;
    }

    private static <T> Scoped<T> own(Setting<T> own) {
        return new Scoped<>(own, noPod());
    }

    private static <T> Setting<T> noPod() {
        return new Setting.Inexpressible<>(NO_PODS);
    }
}
