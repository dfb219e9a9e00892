package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.engine.EngineClient;
import dev.portcullis.engine.EngineDecider;
import dev.portcullis.engine.EngineGate;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.proxy.DockerProxy;
import dev.portcullis.proxy.PolicyGate;
import dev.portcullis.proxy.ProxyLimits;
import dev.portcullis.workload.ImageDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@code docker} client works through the proxy as against the engine, but for what the policy denies and patches. Only
 * unprivileged containers without a network are started, which is what an engine inside a container can do.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerProxyIT {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: proxied}
            spec:
              profile: hardened
              mode: warn
              fix: true
              checks:
                privileged: {mode: enforce}
                no-new-privileges: {mode: enforce}
                pids-limit: {mode: enforce, parameters: {max: 64}}
              docker: {open: [build, load, archive, export]}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private DockerEngine engine;
    private ProxyProcess proxy;

    @BeforeAll
    void start() {
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        engine = DockerEngine.start();
        engine.importImage("busybox:1", "USER 10001");
        proxy = ProxyProcess.start(engine, POLICY);
    }

    @AfterAll
    void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void showsTheEnginesOwnVersion() {
        String format = "{{.Server.Version}} {{.Server.APIVersion}}";
        assertThat(proxy.docker("version", "--format", format).stdout())
                .isNotBlank()
                .isEqualTo(engine.docker("version", "--format", format).stdout());
    }

    @Test
    void deniesWithTheFieldTheCheckAndTheFlags() {
        CommandResult denied = proxy.docker("create", "--privileged", "--name", "denied", "busybox:1", "true");
        assertThat(denied.exitCode()).isNotZero();
        assertThat(denied.stderr()).contains("HostConfig.Privileged", "(privileged)", "leave out --privileged");
        assertThat(engine.docker("inspect", "denied").exitCode()).isNotZero();
    }

    @Test
    void patchesWhatIsCreatedAndTellsWhatItOnlyWarnsOf() {
        CommandResult created = proxy.docker("create", "--name", "patched", "busybox:1", "true");
        assertThat(created.exitCode()).isZero();
        assertThat(created.stderr()).contains("WARNING: ", "(memory-limit)");
        assertThat(engine.docker(
                                "inspect",
                                "--format",
                                "{{.HostConfig.PidsLimit}} {{.HostConfig.SecurityOpt}}",
                                "patched")
                        .stdout())
                .isEqualTo("64 [no-new-privileges=true]\n");
    }

    @Test
    void startsContainersThatCannotGainPrivilegesNorExceedTheirPids() {
        CommandResult run = proxy.docker(
                "run",
                "--network=none",
                "busybox:1",
                "sh",
                "-c",
                "cat /proc/self/status /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max 2>/dev/null; true");
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout()).contains("NoNewPrivs:\t1\n");
        requirePidsController();
        assertThat(run.stdout()).endsWith("\n64\n");
    }

    /** The inner shell ends with its first fork that fails; what it has started stays. */
    @Test
    void letsTwoHundredSleepersBeSixtyFourAtMost() {
        requirePidsController();
        String sleepers =
                "sh -c 'n=0; while [ $n -lt 200 ]; do sleep 300 & n=$((n+1)); done; echo all'; exec sleep 300";
        assertThat(proxy.docker("run", "-d", "--network=none", "--name=sleepers", "busybox:1", "sh", "-c", sleepers)
                        .exitCode())
                .isZero();

        await().atMost(PATIENCE)
                .until(() -> proxy.docker("logs", "sleepers").stderr().contains("can't fork"));
        long processes = proxy.docker("top", "sleepers", "-o", "pid,args")
                .stdout()
                .lines()
                .filter(line -> line.contains("sleep"))
                .count();
        assertThat(processes).isBetween(32L, 64L);
        assertThat(proxy.docker("logs", "sleepers").stdout()).doesNotContain("all");
        assertThat(proxy.docker("rm", "-f", "sleepers").exitCode()).isZero();
    }

    @Test
    void carriesInputToItsEndAndOutputBack() throws Exception {
        byte[] bytes = new byte[8 << 20];
        new Random(7).nextBytes(bytes);
        Path input = Files.write(folder.resolve("input"), bytes);
        Path output = folder.resolve("output");
        Process run = start(input, output, "run", "-i", "--network=none", "busybox:1", "cat");
        assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(output).hasSameBinaryContentAs(input);
    }

    @Test
    void entersFollowsWaitsForAndCopiesFromAContainerThatRuns() throws Exception {
        String script = "echo first; while [ ! -f /tmp/go ]; do sleep 1; done; echo second";
        assertThat(proxy.docker(
                                "run",
                                "-d",
                                "--network=none",
                                "--tmpfs=/tmp",
                                "--name=running",
                                "busybox:1",
                                "sh",
                                "-c",
                                script)
                        .exitCode())
                .isZero();
        Path log = folder.resolve("log");
        Process follower = start(Path.of("/dev/null"), log, "logs", "-f", "running");
        await().atMost(PATIENCE).until(() -> Files.readString(log).equals("first\n"));

        Path said = Files.writeString(folder.resolve("said"), "through exec");
        Path heard = folder.resolve("heard");
        Process exec = start(said, heard, "exec", "-i", "running", "sh", "-c", "cat; touch /tmp/go");
        assertThat(exec.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(heard).hasContent("through exec");

        assertThat(proxy.docker("wait", "running").stdout()).isEqualTo("0\n");
        assertThat(follower.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(log).hasContent("first\nsecond\n");

        Path copy = folder.resolve("passwd");
        assertThat(proxy.docker("cp", "running:/etc/passwd", copy.toString()).exitCode())
                .isZero();
        assertThat(copy).content().contains("app:x:10001");
    }

    @Test
    void tellsOfEventsAsTheyHappen() throws Exception {
        Path log = folder.resolve("events");
        Process events = start(
                Path.of("/dev/null"), log, "events", "--filter=event=create", "--format={{.Actor.Attributes.name}}");
        try {
            List<String> made = new ArrayList<>();
            // The client says nothing once it listens: something happens until it has told of it.
            await().atMost(PATIENCE).until(() -> {
                String name = "event-" + made.size();
                made.add(name);
                proxy.docker("create", "--name", name, "busybox:1", "true");
                return Files.readString(log).lines().anyMatch(made::contains);
            });
        } finally {
            events.destroy();
        }
        assertThat(events.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void buildsSavesAndLoads() throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM busybox:1\nCOPY Dockerfile /copied\nLABEL built=here\n");
        Path log = folder.resolve("build");
        Process build = start(Path.of("/dev/null"), log, "build", "-t", "built:1", context.toString());
        assertThat(build.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Assumptions.assumeFalse(
                Files.readString(log).contains("BuildKit is enabled but the buildx component is missing"),
                "skipped: this docker client has no classic builder");
        assertThat(build.exitValue()).as(Files.readString(log)).isZero();
        assertThat(engine.docker("inspect", "--format", "{{.Config.Labels.built}}", "built:1")
                        .stdout())
                .isEqualTo("here\n");

        Path archive = folder.resolve("image.tar");
        assertThat(proxy.docker("save", "-o", archive.toString(), "built:1").exitCode())
                .isZero();
        assertThat(proxy.docker("rmi", "built:1").exitCode()).isZero();
        assertThat(proxy.docker("load", "-i", archive.toString()).stdout()).contains("built:1");
    }

    @Test
    void servesFiftyCallsAtOnce() throws InterruptedException, ExecutionException {
        List<Future<CommandResult>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String name = "parallel-" + i;
                calls.add(threads.submit(() -> proxy.docker("create", "--name", name, "busybox:1", "true")));
            }
        }
        for (Future<CommandResult> call : calls) {
            assertThat(call.get().exitCode()).as(call.get().stderr()).isZero();
        }
        String limits = engine.docker(Stream.concat(
                                Stream.of("inspect", "--format", "{{.HostConfig.PidsLimit}}"),
                                Stream.iterate(0, i -> i + 1).limit(50).map(i -> "parallel-" + i))
                        .toArray(String[]::new))
                .stdout();
        assertThat(limits.lines()).hasSize(50).containsOnly("64");
    }

    /** Between the verdict and the engine's own look the name becomes that of a container that nobody would start. */
    @Test
    void startsTheContainerThatWasJudgedThoughItsNameIsAnothersByThen() throws Exception {
        engine.docker("create", "--name=judged", "--user=1", "--network=none", "busybox:1", "sleep", "60");
        engine.docker("create", "--name=swapped", "--privileged", "--network=none", "busybox:1", "sleep", "60");
        EngineGate gate = new EngineGate(
                () -> BuiltInPolicies.set(Mode.WARN),
                new EngineClient(engine.socket()),
                ImageDigests.NONE,
                InstantSource.system());
        EngineDecider renaming = call -> {
            EngineVerdict verdict = gate.decide(call);
            if (call.uri().endsWith("/start")) {
                engine.docker("rename", "judged", "before");
                engine.docker("rename", "swapped", "judged");
            }
            return verdict;
        };
        Path socket = folder.resolve("renaming.sock");
        try (DockerProxy _ =
                DockerProxy.start(socket, engine.socket(), new PolicyGate(renaming), ProxyLimits.DEFAULT)) {
            CommandResult started = DockerEngine.docker("unix://" + socket, List.of("start", "judged"));
            assertThat(started.exitCode()).as(started.stderr()).isZero();
        }
        assertThat(engine.docker("inspect", "--format", "{{.Name}} {{.State.Running}}", "before", "judged")
                        .stdout())
                .isEqualTo("/before true\n/judged false\n");
        engine.docker("rm", "--force", "before", "judged");
    }

    private void requirePidsController() {
        Assumptions.assumeTrue(
                engine.docker("info", "--format", "{{.PidsLimit}}")
                        .stdout()
                        .strip()
                        .equals("true"),
                "skipped: this machine's engine has no pids controller");
    }

    private Process start(Path input, Path output, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "--host", proxy.host()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve(output.getFileName() + ".err").toFile());
        builder.environment().put("DOCKER_BUILDKIT", "0");
        return builder.start();
    }
}
