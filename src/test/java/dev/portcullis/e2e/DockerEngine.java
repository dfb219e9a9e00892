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
import java.util.stream.Stream;

/**
 * A real Docker engine of a test's own: {@code dockerd} on a socket, a data root and a network-less bridge of its own, so
 * that it meets no other engine of the machine. It pulls nothing: its images are made from a static busybox.
 */
public final class DockerEngine implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration BUILD = Duration.ofMinutes(15);
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
            if (programs(needed).isEmpty()) {
                return Optional.of("no " + needed + " on the PATH: install docker.io");
            }
        }
        return Files.isExecutable(BUSYBOX) ? Optional.empty() : Optional.of("no /bin/busybox: install busybox-static");
    }

    private static List<Path> programs(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .toList();
    }

    /** The clients on the PATH, that which {@link #docker} runs first: not all can do all. */
    static List<Path> clients() {
        return programs("docker");
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
        List<String> command = new ArrayList<>(apart(data));
        command.addAll(List.of("--bridge=none", "--iptables=false", "--ip6tables=false"));
        command.addAll(List.of(flags));
        return Daemon.start("dockerd", folder, command);
    }

    /** What sets it apart from all other engines of the machine but for the network. */
    private static List<String> apart(Path data) {
        return List.of(
                "dockerd",
                "--host=unix://" + data.resolve("docker.sock"),
                "--data-root=" + data.resolve("root"),
                "--exec-root=" + data.resolve("exec"),
                "--pidfile=" + data.resolve("pid"),
                "--config-file=" + data.resolve("daemon.json"),
                "--storage-driver=vfs");
    }

    private void awaitReady() {
        daemon.awaitReady(START, () -> docker("version").exitCode() == 0, this::close);
    }

    /** Ends it and starts it with other flags; what it has stays. */
    public void restart(String... flags) {
        daemon.close();
        daemon = launch(folder, data, flags);
        awaitReady();
    }

    /**
     * Ends it and starts it with a network of its own, bridge and firewall included.
     *
     * @param configuration its {@code daemon.json}
     */
    void restartApart(String configuration) {
        daemon.close();
        try {
            // Where users are remapped, root's folder has to let them through.
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
            Files.writeString(data.resolve("daemon.json"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot configure an engine", e);
        }
        List<String> command = new ArrayList<>(List.of("unshare", "--net"));
        command.addAll(apart(data));
        daemon = Daemon.start("dockerd", folder, command);
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

    /** Runs a {@code docker} that may take as long as it takes to build an image. */
    public CommandResult dockerPatiently(String... args) {
        return docker(host(), List.of(args), BUILD);
    }

    /** Runs {@code docker} against any host, such as a gate before it, and waits for the end. */
    public static CommandResult docker(String host, List<String> args) {
        return docker(host, args, CommandResult.USUAL);
    }

    private static CommandResult docker(String host, List<String> args, Duration atMost) {
        List<String> command = new ArrayList<>(List.of("docker", "--host", host));
        command.addAll(args);
        return CommandResult.of(command, atMost);
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
        require(CommandResult.of(List.of("tar", "-c", "-f", archive.toString(), "-C", files.toString(), ".")));
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

    /** Asks it to end, waits until it has, and removes what it had; the log stays. */
    @Override
    public void close() {
        daemon.close();
        // With live-restore an engine leaves its own mounts behind.
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            mounts.map(line -> line.split(" ", -1)[1])
                    .filter(place -> Path.of(place).startsWith(data))
                    .forEach(place -> CommandResult.of("umount", place));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot tell what " + data + " has mounted", e);
        }
        daemon.closeAndRemove(data);
    }
}
