package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Project;
import dev.portcullis.docker.compose.Value;
import dev.portcullis.docker.compose.Value.Kind;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes of a service the create body that Docker Compose would send, every value of it in the place that it has in the
 * compose file, or would have there.
 */
final class ComposeService {
    private static final long NANO = 1_000_000_000L;

    private final Project project;
    private final Value service;
    private final ComposeBody create;
    private final ComposeBody host;
    private final ComposeNotation notation = new ComposeNotation();

    private ComposeService(Project project, Value service) {
        this.project = project;
        this.service = service;
        this.create = new ComposeBody(EngineTypes.CREATE, service.path());
        this.host = new ComposeBody(EngineTypes.HOST_CONFIG, service.path());
    }

    /** Reads a service as the container that it starts. */
    static Workload read(Project project, String name, Value service) throws ComposeException, MalformedBodyException {
        ComposeKeys.require(service);
        ComposeService read = new ComposeService(project, service);
        Subject subject = new Subject(Form.COMPOSE_SERVICE, "ComposeService", null, name);
        return new DockerReader(read.body(), read.notation).workload(subject);
    }

    private GoValue body() throws ComposeException {
        image();
        create.text("User", user()).text("WorkingDir", service.member("working_dir"));
        host.flag("Privileged", privileged())
                .flag("ReadonlyRootfs", service.member("read_only"))
                .texts("CapAdd", ownFirst(service.member("cap_add")))
                .texts("CapDrop", ownFirst(service.member("cap_drop")))
                .text("PidMode", service.member("pid"))
                .text("IpcMode", service.member("ipc"))
                .text("UTSMode", service.member("uts"))
                .text("NetworkMode", new ComposeNetwork(project, notation).mode(service))
                .text("UsernsMode", service.member("userns_mode"))
                .text("CgroupnsMode", service.member("cgroup"))
                .text("CgroupParent", service.member("cgroup_parent"))
                .text("Runtime", service.member("runtime"));
        securityOptions();
        limits();
        ulimits();
        restartPolicy();
        sysctls();
        endpoints();
        healthcheck();
        environment();
        logging();
        new ComposeDevices(host).read(service);
        new ComposePorts(project, host, notation).read(service, create);
        new ComposeVolumes(project, host, notation).read(service);
        return create.set("HostConfig", host.build()).build();
    }

    /** Capabilities are told by their index, so those of the service itself stand where they are written. */
    private static Value ownFirst(Value list) {
        List<Value> own = new ArrayList<>();
        List<Value> others = new ArrayList<>();
        for (Value element : list.elements()) {
            boolean written = element.path().equals(list.path().index(own.size()));
            (written ? own : others).add(element);
        }
        own.addAll(others);
        return list.is(Kind.LIST) ? Value.list(list.path(), own) : list;
    }

    private void image() throws ComposeException {
        Value image = service.member("image");
        Value build = service.member("build");
        create.text(
                "Image",
                build.is(Kind.NOTHING) || build.is(Kind.UNKNOWN)
                        ? image
                        : Value.unknown(
                                image.path(),
                                build.path().field()
                                        + " makes the image, so it has no digest or published version yet: check the"
                                        + " Dockerfile, and the image once it is published"));
    }

    /** The service's own flag, or that of a command that is run in it, or of the build of its image. */
    private Value privileged() throws ComposeException {
        List<Value> flags = ComposeCommands.each(service, "privileged");
        flags.addFirst(service.member("privileged"));
        flags.add(service.at("build", "privileged"));
        for (Value flag : flags) {
            if (ComposeBody.isTrue(flag)) {
                return flag;
            }
        }
        return firstUnknown(flags);
    }

    /** The service's own user, or root where a command is run in it as root. */
    private Value user() throws ComposeException {
        Value own = service.member("user");
        List<Value> users = ComposeCommands.each(service, "user");
        for (Value user : users) {
            if (ComposeCommands.isRoot(user.text())) {
                return ComposeCommands.isRoot(own.text()) ? own : user;
            }
        }
        users.addFirst(own);
        return own.is(Kind.SCALAR) && !ComposeCommands.isRoot(own.text()) ? firstUnknown(users) : own;
    }

    /** What is not known before what is. */
    private static Value firstUnknown(List<Value> values) {
        return values.stream()
                .filter(value -> value.is(Kind.UNKNOWN))
                .findFirst()
                .orElse(values.getFirst());
    }

    private void securityOptions() throws ComposeException {
        Value list = service.member("security_opt");
        GoType type = host.element("SecurityOpt");
        List<GoValue> options = new ArrayList<>();
        for (Value option : ComposeBody.elements(list)) {
            String text = option.text();
            boolean seccomp = text.startsWith("seccomp=") || text.startsWith("seccomp:");
            String profile = seccomp ? text.substring("seccomp=".length()) : "";
            if (!seccomp || profile.equals("unconfined") || profile.equals("builtin")) {
                options.add(ComposeBody.text(type, option, text));
                continue;
            }
            String content = project.compactJson(option, profile);
            options.add(
                    content != null
                            ? ComposeBody.text(type, option, "seccomp=" + content)
                            : GoValue.unknown(
                                    type,
                                    option.path(),
                                    ComposeBody.NODES.stringNode("seccomp="),
                                    option.path().field()
                                            + " names a file, which is not read here: portcullis check reads it where"
                                            + " it is"));
        }
        host.list("SecurityOpt", list, options);
    }

    private void limits() throws ComposeException {
        Value limits = service.at("deploy", "resources", "limits");
        Value memory = limits.member("memory");
        Value own = service.member("mem_limit");
        Value limit = chosen(limits, memory, ComposeBody.bytes(memory), own);
        host.number("Memory", limit, ComposeBody.bytes(limit));
        Value cpus = limits.member("cpus");
        Value ownCpus = service.member("cpus");
        Value cpu = chosen(limits, cpus, nanos(cpus), ownCpus);
        host.number("NanoCpus", cpu, nanos(cpu))
                .number("CpuQuota", service.member("cpu_quota"))
                .number("CpuPeriod", service.member("cpu_period"));
        Value reserved = service.at("deploy", "resources", "reservations", "memory");
        Value reservation = chosen(
                Value.nothing(limits.path()), reserved, ComposeBody.bytes(reserved), service.member("mem_reservation"));
        host.number("MemoryReservation", reservation, ComposeBody.bytes(reservation));
        Value pids = limits.member("pids");
        Value ownPids = service.member("pids_limit");
        host.number("PidsLimit", chosen(limits, pids, Math.max(0, ComposeBody.whole(pids)), ownPids));
    }

    private static long nanos(Value cpus) throws ComposeException {
        return cpus.is(Kind.SCALAR) ? ComposeBody.scaled(cpus, NANO) : 0;
    }

    /**
     * What {@code deploy} says goes before the service's own key, unless it is zero. What neither says would go beside the
     * limits that are there.
     */
    private static Value chosen(Value limits, Value deployed, long value, Value own) {
        boolean missing = limits.is(Kind.MAPPING) && own.is(Kind.NOTHING) && deployed.is(Kind.NOTHING);
        return missing || value != 0 || deployed.is(Kind.UNKNOWN) ? deployed : own;
    }

    private void ulimits() throws ComposeException {
        Value ulimits = service.member("ulimits");
        List<GoValue> list = new ArrayList<>();
        for (Map.Entry<String, Value> entry : ulimits.members().entrySet()) {
            Value both = entry.getValue();
            boolean single = !both.is(Kind.MAPPING);
            ComposeBody ulimit = new ComposeBody(host.element("Ulimits"), both.path());
            list.add(ulimit.text("Name", Value.text(both.path(), entry.getKey()))
                    .number("Soft", single ? both : both.member("soft"))
                    .number("Hard", single ? both : both.member("hard"))
                    .build());
        }
        if (ulimits.unknown() != null && list.isEmpty()) {
            host.set(
                    "Ulimits",
                    GoValue.unknown(host.type("Ulimits"), ulimits.path(), String.valueOf(ulimits.unknown())));
        } else {
            host.list("Ulimits", Value.nothing(ulimits.path()), list);
        }
    }

    private void restartPolicy() throws ComposeException {
        Value deployed = service.at("deploy", "restart_policy");
        Value restart = service.member("restart");
        GoType type = host.type("RestartPolicy");
        if (deployed.is(Kind.MAPPING)) {
            notation.deploysRestartPolicy();
            Value condition = deployed.member("condition");
            host.set(
                    "RestartPolicy",
                    new ComposeBody(type, deployed.path())
                            .text("Name", condition, policy(condition.text()))
                            .number("MaximumRetryCount", deployed.member("max_attempts"))
                            .build());
            return;
        }
        String unknown = deployed.is(Kind.UNKNOWN) ? deployed.unknown() : restart.unknown();
        if (unknown != null) {
            host.set("RestartPolicy", GoValue.unknown(type, restart.path(), unknown));
            return;
        }
        int colon = restart.text().indexOf(':');
        String name = colon < 0 ? restart.text() : restart.text().substring(0, colon);
        Value retries = colon < 0
                ? Value.nothing(restart.path())
                : Value.text(restart.path(), restart.text().substring(colon + 1));
        host.set(
                "RestartPolicy",
                new ComposeBody(type, restart.path())
                        .text("Name", restart, policy(name))
                        .number("MaximumRetryCount", retries)
                        .build());
    }

    private static String policy(String condition) {
        return switch (condition) {
            case "none", "" -> "no";
            case "any" -> "always";
            default -> condition;
        };
    }

    private void sysctls() throws ComposeException {
        Value sysctls = service.keyed("sysctls");
        Map<String, GoValue> members = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry : sysctls.members().entrySet()) {
            members.put(
                    entry.getKey(),
                    ComposeBody.text(
                            host.element("Sysctls"),
                            entry.getValue(),
                            entry.getValue().text()));
        }
        if (sysctls.unknown() != null || !members.isEmpty()) {
            host.map("Sysctls", sysctls, members);
        } else {
            host.set("Sysctls", GoValue.unset(host.type("Sysctls"), sysctls.path()));
        }
    }

    private void endpoints() throws ComposeException {
        Value networks = service.member("networks");
        ComposeBody configuration = new ComposeBody(create.type("NetworkingConfig"), networks.path());
        Map<String, GoValue> endpoints = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry : networks.members().entrySet()) {
            Value options = entry.getValue().member("driver_opts");
            ComposeBody endpoint = new ComposeBody(
                    configuration.element("EndpointsConfig"), entry.getValue().path());
            Map<String, GoValue> members = new LinkedHashMap<>();
            for (Map.Entry<String, Value> option : options.members().entrySet()) {
                members.put(
                        option.getKey(),
                        ComposeBody.text(
                                endpoint.element("DriverOpts"),
                                option.getValue(),
                                option.getValue().text()));
            }
            endpoints.put(
                    entry.getKey(), endpoint.map("DriverOpts", options, members).build());
        }
        create.set(
                "NetworkingConfig",
                configuration.map("EndpointsConfig", networks, endpoints).build());
    }

    private void healthcheck() throws ComposeException {
        Value healthcheck = service.member("healthcheck");
        Value disable = healthcheck.member("disable");
        Value test = healthcheck.member("test");
        ComposeBody body = new ComposeBody(create.type("Healthcheck"), healthcheck.path());
        if (disable.is(Kind.UNKNOWN) || test.unknown() != null) {
            Value unknown = disable.is(Kind.UNKNOWN) ? disable : test;
            body.list("Test", Value.unknown(test.path(), String.valueOf(unknown.unknown())), List.of());
        } else if (ComposeBody.isTrue(disable)) {
            body.texts("Test", Value.text(disable.path(), "NONE"));
        } else if (test.is(Kind.SCALAR)) {
            GoType type = body.element("Test");
            body.list(
                    "Test",
                    test,
                    List.of(ComposeBody.text(type, test, "CMD-SHELL"), ComposeBody.text(type, test, test.text())));
        } else {
            body.texts("Test", test);
        }
        create.set("Healthcheck", body.build());
    }

    private void environment() throws ComposeException {
        Value environment = service.keyed("environment");
        List<GoValue> variables = new ArrayList<>();
        Map<String, Value> all = new LinkedHashMap<>();
        Value files = service.member("env_file");
        for (Value file : files.is(Kind.MAPPING) ? List.of(files) : ComposeBody.elements(files)) {
            all.putAll(project.environmentFile(file));
        }
        for (Map.Entry<String, Value> entry : environment.members().entrySet()) {
            all.put(entry.getKey(), project.passed(entry.getKey(), entry.getValue()));
        }
        for (Map.Entry<String, Value> entry : all.entrySet()) {
            Value value = entry.getValue();
            if (value.is(Kind.SCALAR)) {
                variables.add(ComposeBody.text(create.element("Env"), value, entry.getKey() + "=" + value.text()));
            } else if (value.is(Kind.UNKNOWN)) {
                variables.add(unknownVariable(value));
            }
        }
        if (environment.is(Kind.UNKNOWN) || environment.open() != null) {
            variables.add(unknownVariable(Value.unknown(environment.path(), String.valueOf(environment.unknown()))));
        }
        create.list("Env", Value.nothing(environment.path()), variables);
    }

    private GoValue unknownVariable(Value value) {
        return GoValue.unknown(create.element("Env"), value.path(), String.valueOf(value.unknown()));
    }

    private void logging() throws ComposeException {
        Value logging = service.member("logging");
        host.set(
                "LogConfig",
                new ComposeBody(host.type("LogConfig"), logging.path())
                        .text("Type", logging.member("driver"))
                        .build());
    }
}
