package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.chart.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image, built by a real engine from bases made here, and run as hardened as its README asks for. */
final class ImageIT {
    private static final String CACHE = "app/portcullis.aot";
    private static final List<String> HARDENED = List.of(
            "--network=none",
            "--cgroupns=private",
            "--read-only",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--memory=512m",
            "--cpus=2",
            "--pids-limit=64",
            "--tmpfs=/tmp:rw,noexec,nosuid,nodev,size=64m");

    private static DockerEngine engine;
    private static String image;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void build() throws Exception {
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        engine = DockerEngine.start();
        new LocalBases(engine, Files.createDirectory(folder.resolve("bases"))).make();
        image = buildImage("portcullis:1");
    }

    @AfterAll
    static void end() {
        if (engine != null) {
            engine.close();
        }
    }

    private static String buildImage(String name) {
        List<String> command = new ArrayList<>(List.of("build", "--no-cache", "--network=none", "--tag", name));
        command.addAll(LocalBases.buildArguments());
        command.addAll(List.of("--build-arg", "VERSION=0.1.0", "--build-arg", "REVISION=abc", "."));
        succeeds(engine.dockerPatiently(command.toArray(String[]::new)));
        return succeeds(engine.docker("image", "inspect", "--format", "{{.Id}}", name));
    }

    @Test
    void servesUnderHardenedWithItsCacheOfClasses() throws IOException {
        List<String> entrypoint = inspect(image)
                .at("/Config/Entrypoint")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--name=gate", "--health-interval=1s"));
        command.addAll(HARDENED);
        command.addAll(List.of("--entrypoint=" + entrypoint.getFirst(), image));
        // Without it the JVM leaves a cache aside that does not fit, and starts all the same.
        command.add("-XX:AOTMode=on");
        command.addAll(entrypoint.subList(1, entrypoint.size()));
        command.add("serve");
        succeeds(engine.docker(command.toArray(String[]::new)));

        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(
                                inspect("gate").at("/State/Health/Status").asString(""))
                        .as(engine.docker("logs", "gate").toString())
                        .isEqualTo("healthy"));

        assertThat(engine.docker("logs", "gate").toString()).contains("Portcullis is ready.");
        Path inspected = Files.writeString(folder.resolve("inspect.json"), succeeds(engine.docker("inspect", "gate")));
        assertThat(Judgement.failures("--profile", "hardened", inspected.toString()))
                .isEmpty();
        assertThat(mostHeap(entrypoint))
                .as("60 %% of the container's limit, not of the machine's memory")
                .isBetween((512L << 20) * 59 / 100, (512L << 20) * 61 / 100);

        succeeds(engine.docker("stop", "--time=30", "gate"));
        assertThat(inspect("gate").at("/State/ExitCode").asInt(0))
                .as("asked to end, not killed")
                .isEqualTo(143);
    }

    /** What the image's flags come to inside the container, in bytes. */
    private static long mostHeap(List<String> entrypoint) {
        List<String> command = new ArrayList<>(List.of("exec", "gate", entrypoint.getFirst()));
        entrypoint.stream()
                .filter(argument -> argument.startsWith("-XX:") && !argument.contains("AOT"))
                .forEach(command::add);
        command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));
        return succeeds(engine.docker(command.toArray(String[]::new)))
                .lines()
                .filter(line -> line.contains(" MaxHeapSize "))
                .map(line -> line.replaceAll(".*= *([0-9]+).*", "$1"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isUnhealthyWhereNothingAnswers() {
        CommandResult result = engine.docker(
                "run",
                "--rm",
                "--network=none",
                "--entrypoint=/opt/java/jre/bin/java",
                image,
                "-cp",
                "/app/portcullis.jar",
                "dev.portcullis.app.Healthcheck");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.stderr()).contains("/healthz does not answer");
    }

    @Test
    void isACommandToo() {
        List<String> command = new ArrayList<>(List.of("run", "--rm"));
        command.addAll(HARDENED);
        command.addAll(List.of(image, "explain", "privileged"));
        assertThat(succeeds(engine.docker(command.toArray(String[]::new)))).contains("privileged");
    }

    @Test
    void hasNoShellAndNoRoot() {
        CommandResult shell =
                engine.docker("run", "--rm", "--network=none", "--entrypoint=/bin/sh", image, "-c", "true");
        assertThat(shell.exitCode()).as(shell.toString()).isEqualTo(127);

        JsonNode config = inspect(image).path("Config");
        assertThat(config.path("User").asString("")).isEqualTo("10001:10001");
        assertThat(config.path("Volumes").size()).isZero();
        assertThat(config.path("Healthcheck").path("Test").get(0).asString("")).isEqualTo("CMD");
        Map<String, String> labels = new TreeMap<>();
        config.path("Labels").forEachEntry((name, value) -> labels.put(name, value.asString("")));
        assertThat(labels)
                .containsEntry("org.opencontainers.image.title", "Portcullis")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsEntry("org.opencontainers.image.version", "0.1.0")
                .containsEntry("org.opencontainers.image.revision", "abc");
    }

    /** All but the cache, which depends on when the JVM compiled and loaded what. */
    @Test
    void isTheSameWhenBuiltAgain() throws Exception {
        String again = buildImage("portcullis:2");

        JsonNode first = inspect(image).path("Config");
        JsonNode second = inspect(again).path("Config");
        for (String part : List.of("Env", "Cmd", "Entrypoint", "Labels", "User", "Healthcheck", "ExposedPorts")) {
            assertThat(second.path(part)).as(part).isEqualTo(first.path(part));
        }
        Path one = unpack(image, "one");
        Path two = unpack(again, "two");
        List<String> files = files(one);
        assertThat(files).hasSizeGreaterThan(100).contains(CACHE).isEqualTo(files(two));
        for (String file : files) {
            assertThat(Files.getLastModifiedTime(one.resolve(file)))
                    .as(file)
                    .isEqualTo(Files.getLastModifiedTime(two.resolve(file)));
            if (!file.equals(CACHE)) {
                assertThat(Files.mismatch(one.resolve(file), two.resolve(file)))
                        .as(file)
                        .isEqualTo(-1);
            }
        }
    }

    private static Path unpack(String id, String name) throws IOException, InterruptedException {
        Path archive = folder.resolve(name + ".tar");
        succeeds(engine.docker("create", "--name=" + name, id));
        succeeds(engine.dockerPatiently("export", "--output=" + archive, name));
        Path files = Files.createDirectory(folder.resolve(name));
        Process tar = new ProcessBuilder("tar", "-x", "-f", archive.toString(), "-C", files.toString(), "app", "opt")
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        return files;
    }

    private static List<String> files(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            List<String> names = new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList());
            Collections.sort(names);
            return names;
        }
    }

    private static JsonNode inspect(String name) {
        return Objects.requireNonNull(JsonMapper.shared()
                .readTree(succeeds(engine.docker("inspect", name)))
                .get(0));
    }

    private static String succeeds(CommandResult result) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return result.stdout().strip();
    }
}
