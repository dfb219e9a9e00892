package dev.portcullis.scan;

import static dev.portcullis.scan.EngineRow.Answer.PASS;
import static dev.portcullis.scan.EngineRow.Answer.fail;
import static dev.portcullis.scan.EngineRow.Answer.skip;

import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.engine.KnownBypasses;
import dev.portcullis.engine.OpenAddress;
import dev.portcullis.scan.EngineRow.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What is asked of an engine, in the order of docker-bench-security where that asks it too. */
final class EngineRows {
    private static final String SECURITY = "SecurityOptions";
    /** Where an engine takes plain HTTP whatever it is told: nobody else can answer there. */
    private static final Set<String> LOOPBACK = Set.of("127.0.0.0/8", "::1/128");

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*", Pattern.DOTALL);
    private static final int KERNEL_MAJOR = 4;
    private static final int KERNEL_MINOR = 3;
    private static final int FIRST_TO_TELL = 24;

    private static final String NOT_TOLD = "the API does not tell it";

    static final List<EngineRow> ALL = List.of(
            EngineRow.of(
                    "engine-rootless",
                    Severity.LOW,
                    SECURITY,
                    "2.1-",
                    "The engine does not run as root",
                    "Who breaks out of an engine that runs as root is root on the host.",
                    engine -> Answer.of(
                            engine.securityOption("rootless").isPresent(),
                            null,
                            "has no name=rootless",
                            "run the engine in rootless mode where its limits are no hindrance")),
            EngineRow.of(
                    "engine-icc",
                    Severity.MEDIUM,
                    "networks.bridge.Options",
                    "2.2",
                    "Containers on the default bridge do not reach each other",
                    "On an open bridge one container taken over can attack every other.",
                    EngineRows::icc),
            EngineRow.of(
                    "engine-log-level",
                    Severity.LOW,
                    "Debug",
                    "2.3",
                    "The log level is info",
                    "Debugging writes what requests say, secrets included, into the log.",
                    engine -> engine.is("Debug")
                            ? fail(true, "is true", "set log-level to info and debug to false in daemon.json")
                            : skip("of log levels the API tells debug alone", "look for log-level in daemon.json")),
            EngineRow.of(
                    "engine-iptables",
                    Severity.MEDIUM,
                    "iptables",
                    "2.4",
                    "The engine keeps the rules of its networks",
                    "Without its packet filter rules networks are not kept apart.",
                    engine -> skip(NOT_TOLD, "look that daemon.json has no iptables: false")),
            EngineRow.of(
                    "engine-insecure-registries",
                    Severity.HIGH,
                    "RegistryConfig",
                    "2.5",
                    "Registries are reached by TLS",
                    "Whoever sits between can give the engine any image.",
                    EngineRows::registries),
            EngineRow.of(
                    "engine-storage-driver",
                    Severity.LOW,
                    "Driver",
                    "2.6",
                    "The storage driver is not aufs",
                    "Nobody maintains aufs any more.",
                    engine -> Answer.of(
                            !engine.text("Driver").equals("aufs"), "aufs", "is aufs", "use overlay2 instead")),
            EngineRow.of(
                    "engine-tls",
                    Severity.CRITICAL,
                    "Warnings",
                    "2.7",
                    "The API is not open on the network",
                    "Whoever reaches the API without a certificate of its own is root on the host.",
                    EngineRows::tls),
            EngineRow.of(
                    "engine-default-ulimits",
                    Severity.LOW,
                    "default-ulimits",
                    "2.8-",
                    "There are default ulimits",
                    "Without them one container can take all files and processes.",
                    engine -> skip(NOT_TOLD, "look for default-ulimits in daemon.json")),
            EngineRow.of(
                    "engine-user-namespaces",
                    Severity.MEDIUM,
                    SECURITY,
                    "2.9",
                    "Root inside is not root outside",
                    "In a user namespace root inside is an ordinary user outside, so most container escapes end there.",
                    engine -> Answer.of(
                            engine.securityOption("userns").isPresent()
                                    || engine.securityOption("rootless").isPresent(),
                            null,
                            "has no name=userns",
                            "set userns-remap to default in daemon.json")),
            EngineRow.of(
                    "engine-cgroup-parent",
                    Severity.LOW,
                    "cgroup-parent",
                    "2.10",
                    "Containers are in the default cgroup",
                    "In another cgroup other limits hold.",
                    engine -> skip(NOT_TOLD, "look that daemon.json has no cgroup-parent")),
            EngineRow.of(
                    "engine-authorization",
                    Severity.HIGH,
                    "Plugins.Authorization",
                    "2.12",
                    "Requests are authorized",
                    "Without a plugin whoever reaches the API may do everything.",
                    engine -> Answer.of(
                            !engine.info().path("Plugins").path("Authorization").isEmpty(),
                            null,
                            "is empty",
                            "run portcullis docker setup")),
            EngineRow.of(
                    "engine-logging",
                    Severity.LOW,
                    "LoggingDriver",
                    "2.13",
                    "Logs leave the host",
                    "What stays on the host is gone, or changed, with it.",
                    engine -> Answer.of(
                            !Set.of("none", "json-file", "local").contains(engine.text("LoggingDriver")),
                            engine.text("LoggingDriver"),
                            "is " + Words.value(engine.text("LoggingDriver")),
                            "set log-driver in daemon.json to one that sends logs elsewhere")),
            EngineRow.of(
                    "engine-no-new-privileges",
                    Severity.MEDIUM,
                    SECURITY,
                    "2.14",
                    "Containers gain no privileges unless they ask",
                    "A setuid program inside makes root of anybody.",
                    EngineRows::noNewPrivileges),
            EngineRow.of(
                    "engine-live-restore",
                    Severity.LOW,
                    "LiveRestoreEnabled",
                    "2.15",
                    "Containers outlive a restart of the engine",
                    "An engine whose restart stops everything is not updated.",
                    engine -> Answer.of(
                            engine.is("LiveRestoreEnabled") || engine.inSwarm(),
                            false,
                            "is false",
                            "set live-restore to true in daemon.json")),
            EngineRow.of(
                    "engine-userland-proxy",
                    Severity.LOW,
                    "userland-proxy",
                    "2.16",
                    "Ports are published by the kernel alone",
                    "The proxy is one more program to attack.",
                    engine -> skip(NOT_TOLD, "look for userland-proxy: false in daemon.json")),
            EngineRow.of(
                    "engine-seccomp",
                    Severity.HIGH,
                    SECURITY,
                    "2.17-",
                    "There is a default seccomp profile",
                    "Without it a container may make every call that the kernel has.",
                    EngineRows::seccomp),
            EngineRow.of(
                    "engine-experimental",
                    Severity.LOW,
                    "ExperimentalBuild",
                    "2.18",
                    "Experimental features are off",
                    "They are not tested for production.",
                    engine -> Answer.of(
                            !engine.is("ExperimentalBuild"),
                            true,
                            "is true",
                            "set experimental to false in daemon.json")),
            EngineRow.of(
                    "engine-swarm",
                    Severity.LOW,
                    "Swarm.LocalNodeState",
                    "5.1",
                    "Swarm mode is off unless it is used",
                    "It opens ports, and its managers decide what runs here.",
                    engine -> Answer.of(
                            !engine.inSwarm(), null, "is not inactive", "run docker swarm leave, if nothing uses it")),
            EngineRow.of(
                    "engine-known-bypasses",
                    Severity.HIGH,
                    "ServerVersion",
                    "",
                    "No way past authorization is known of its version",
                    "What a plugin is not shown it cannot judge.",
                    EngineRows::bypasses),
            EngineRow.of(
                    "engine-kernel",
                    Severity.MEDIUM,
                    "KernelVersion",
                    "",
                    "The kernel can limit processes",
                    "Without the pids controller (Linux 4.3) one container can take all processes of the host.",
                    engine -> Answer.of(
                            engine.is("PidsLimit") && isRecent(engine.text("KernelVersion")),
                            engine.text("KernelVersion"),
                            "is " + Words.value(engine.text("KernelVersion"))
                                    + (engine.is("PidsLimit") ? "" : " without a pids controller"),
                            "use Linux 4.3 or newer with the pids controller")),
            EngineRow.of(
                    "engine-security-modules",
                    Severity.MEDIUM,
                    SECURITY,
                    "",
                    "AppArmor or SELinux confines containers",
                    "It holds where a container has got past everything else.",
                    engine -> Answer.of(
                            engine.securityOption("apparmor").isPresent()
                                    || engine.securityOption("selinux").isPresent(),
                            null,
                            "has neither name=apparmor nor name=selinux",
                            "switch one of them on in the host's kernel; for SELinux set selinux-enabled in daemon.json")),
            EngineRow.of(
                    "engine-cgroup-version",
                    Severity.LOW,
                    "CgroupVersion",
                    "",
                    "Control groups are version 2",
                    "Version 1 lets a privileged process out by its release agent, and cannot be delegated safely.",
                    engine -> Answer.of(
                            engine.text("CgroupVersion").equals("2"),
                            engine.text("CgroupVersion"),
                            "is " + Words.value(engine.text("CgroupVersion")),
                            "boot the host with systemd.unified_cgroup_hierarchy=1")),
            EngineRow.of(
                    "engine-host-files",
                    Severity.MEDIUM,
                    "files",
                    "",
                    "Only root writes the engine's files",
                    "Whoever writes daemon.json or reaches the socket is root on the host.",
                    engine -> skip(
                            "owners and modes of files and of the socket (3.1 to 3.24) are on the host",
                            "run docker-bench-security there, with -c docker_daemon_files")),
            EngineRow.of(
                    "engine-host-audit",
                    Severity.LOW,
                    "audit",
                    "",
                    "The host records what is done to the engine",
                    "Without a record nobody knows who changed what.",
                    engine -> skip(
                            "partitions, groups and audit rules (1.1.1 to 1.1.18) are on the host",
                            "run docker-bench-security there, with -c host_configuration")));

    private EngineRows() {}

    private static Answer icc(EngineFacts engine) {
        JsonNode bridge = engine.bridge();
        // An engine without a default bridge connects nobody by it.
        if (bridge == null) {
            return PASS;
        }
        String enabled = bridge.path("Options")
                .path("com.docker.network.bridge.enable_icc")
                .stringValue("true");
        return Answer.of(
                enabled.equals("false"),
                enabled,
                "has com.docker.network.bridge.enable_icc " + Words.value(enabled),
                "set icc to false in daemon.json");
    }

    private static Answer registries(EngineFacts engine) {
        JsonNode config = engine.info().path("RegistryConfig");
        List<String> insecure = new ArrayList<>(EngineFacts.strings(config.path("InsecureRegistryCIDRs")));
        insecure.removeAll(LOOPBACK);
        config.path("IndexConfigs").forEachEntry((name, index) -> {
            if (!index.path("Secure").booleanValue(true)) {
                insecure.add(name);
            }
        });
        return Answer.of(
                insecure.isEmpty(),
                insecure,
                "has the insecure registries " + Words.value(insecure),
                "take them out of insecure-registries in daemon.json");
    }

    private static Answer tls(EngineFacts engine) {
        return OpenAddress.in(engine.info()).stream()
                .findFirst()
                .map(open -> fail(
                        open.warning(),
                        "has " + Words.value(open.warning()),
                        "set tlsverify, tlscacert, tlscert and tlskey, or listen on the unix socket alone"))
                .orElse(PASS);
    }

    private static Answer seccomp(EngineFacts engine) {
        String option = engine.securityOption("seccomp").orElse("");
        if (option.endsWith("profile=default") || option.endsWith("profile=builtin")) {
            return PASS;
        }
        return option.isEmpty() || option.endsWith("profile=unconfined")
                ? fail(option, "has no seccomp profile", "take seccomp-profile out of daemon.json")
                : skip("its seccomp profile is a file of the host", "compare it with the engine's default profile");
    }

    private static Answer noNewPrivileges(EngineFacts engine) {
        if (engine.securityOption("no-new-privileges").isPresent()) {
            return PASS;
        }
        // https://github.com/moby/moby/pull/45320
        Matcher version = VERSION.matcher(engine.text("ServerVersion"));
        boolean tells = version.matches() && Integer.parseInt(version.group(1)) >= FIRST_TO_TELL;
        return tells
                ? fail(null, "has no name=no-new-privileges", "set no-new-privileges to true in daemon.json")
                : skip("engines before 24.0 do not tell it", "look for no-new-privileges in daemon.json");
    }

    private static Answer bypasses(EngineFacts engine) {
        String version = engine.text("ServerVersion");
        List<String> known = KnownBypasses.of(version);
        return Answer.of(
                known.isEmpty(),
                version,
                "is " + Words.value(version) + ", of which is known: " + String.join("; ", known),
                "update the engine");
    }

    private static boolean isRecent(String kernel) {
        Matcher parts = VERSION.matcher(kernel);
        if (!parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        return major > KERNEL_MAJOR || (major == KERNEL_MAJOR && Integer.parseInt(parts.group(2)) >= KERNEL_MINOR);
    }
}
