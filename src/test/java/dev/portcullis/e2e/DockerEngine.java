package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A real Docker engine of a test's own: {@code dockerd} on a socket, a data root and a network-less bridge of its own, so
 * that it meets no other engine of the machine. It pulls nothing: its images are made from a static busybox.
 */
public final class DockerEngine implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of("sh", "cat", "echo", "id", "ls", "sleep", "true", "touch");

    private final Path folder;
    private final Path data;
    private Daemon daemon;

    private DockerEngine(Path folder, Path data, Daemon daemon) {
        this.folder = folder;
        this.data = data;
        this.daemon = daemon;
    }

    /** Why no engine can be started here, empty where one can. */
    public static Optional<String> obstacle() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("dockerd needs root");
        }
        for (String needed : List.of("dockerd", "docker")) {
            if (program(needed).isEmpty()) {
                return Optional.of("no " + needed + " on the PATH: install docker.io");
            }
        }
        return Files.isExecutable(BUSYBOX) ? Optional.empty() : Optional.of("no /bin/busybox: install busybox-static");
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts an engine and waits until it answers.
     *
     * @param flags of {@code dockerd}, beside those that set it apart
     */
    public static DockerEngine start(String... flags) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Daemon.LOGS), "docker-");
            // Not below the project: the path of a socket may have 107 bytes.
            Path data = Files.createTempDirectory("engine-");
            Files.writeString(data.resolve("daemon.json"), "{}");
            DockerEngine engine = new DockerEngine(folder, data, launch(folder, data, flags));
            engine.awaitReady();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start an engine", e);
        }
    }

    private static Daemon launch(Path folder, Path data, String... flags) {
        List<String> command = new ArrayList<>(List.of(
                "dockerd",
                "--host=unix://" + data.resolve("docker.sock"),
                "--data-root=" + data.resolve("root"),
                "--exec-root=" + data.resolve("exec"),
                "--pidfile=" + data.resolve("pid"),
                "--config-file=" + data.resolve("daemon.json"),
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--storage-driver=vfs"));
        command.addAll(List.of(flags));
        return Daemon.start("dockerd", folder, command);
    }

    private void awaitReady() {
        try {
            daemon.awaitReady(START, () -> docker("version").exitCode() == 0);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Ends it and starts it with other flags; what it has stays. */
    public void restart(String... flags) {
        daemon.close();
        daemon = launch(folder, data, flags);
        awaitReady();
    }

    /** The socket it listens on. */
    public Path socket() {
        return data.resolve("docker.sock");
    }

    /** What a client is told to reach it by. */
    public String host() {
        return "unix://" + socket();
    }

    /** Runs {@code docker} against it, and waits for the end. */
    public CommandResult docker(String... args) {
        return docker(host(), List.of(args));
    }

    /** Runs {@code docker} against any host, such as a gate before it, and waits for the end. */
    public static CommandResult docker(String host, List<String> args) {
        List<String> command = new ArrayList<>(List.of("docker", "--host", host));
        command.addAll(args);
        return run(command);
    }

    /**
     * Makes an image with a busybox in it.
     *
     * @param name such as {@code busybox:1}
     * @param changes instructions of a Dockerfile that it is made with: {@code USER 10001}
     * @return its identifier
     */
    public String importImage(String name, String... changes) {
        try {
            Path files = Files.createTempDirectory(data, "image-");
            Path programs = Files.createDirectories(files.resolve("bin"));
            Files.copy(BUSYBOX, programs.resolve("busybox"));
            for (String applet : APPLETS) {
                Files.createSymbolicLink(programs.resolve(applet), Path.of("busybox"));
            }
            Files.createDirectories(files.resolve("etc"));
            Files.writeString(files.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\napp:x:10001:10001::/:/bin/sh\n");
            return importFiles(files, name, changes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make an image", e);
        }
    }

    /** Makes an image with nothing in it, whose containers cost next to nothing to make. */
    String importEmptyImage(String name, String... changes) {
        try {
            return importFiles(Files.createTempDirectory(data, "image-"), name, changes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make an image", e);
        }
    }

    private String importFiles(Path files, String name, String... changes) throws IOException {
        // It becomes the container's root, which others than root may enter.
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path archive = data.resolve(files.getFileName() + ".tar");
        require(run(List.of("tar", "-c", "-f", archive.toString(), "-C", files.toString(), ".")));
        List<String> command = new ArrayList<>(List.of("import"));
        for (String change : changes) {
            command.addAll(List.of("--change", change));
        }
        command.addAll(List.of(archive.toString(), name));
        return require(docker(host(), command)).stdout().strip();
    }

    private static CommandResult require(CommandResult result) {
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.stderr());
        }
        return result;
    }

    private static CommandResult run(List<String> command) {
        try {
            Path out = Files.createTempFile("command-", ".out");
            Path err = Files.createTempFile("command-", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new IllegalStateException(String.join(" ", command) + " did not end in time");
                }
                return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks it to end, waits until it has, and removes what it had; the log stays. */
    @Override
    public void close() {
        daemon.close();
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + data, e);
        }
    }
}
