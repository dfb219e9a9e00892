package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The product as it is shipped, in front of an engine: {@code target/portcullis.jar proxy}. */
final class ProxyProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Daemon daemon;
    private final Path folder;

    private ProxyProcess(Daemon daemon, Path folder) {
        this.daemon = daemon;
        this.folder = folder;
    }

    /**
     * Starts a proxy and waits until the engine answers through it.
     *
     * @param policies YAML
     */
    static ProxyProcess start(DockerEngine engine, String policies) {
        try {
            // Not below the project: the path of a socket may have 107 bytes.
            Path folder = Files.createTempDirectory("proxy-");
            Path policy = Files.writeString(folder.resolve("policy.yaml"), policies);
            Path logs = Files.createTempDirectory(Files.createDirectories(Daemon.LOGS), "proxy-");
            Daemon daemon = Daemon.start(
                    "proxy",
                    logs,
                    Jar.command(
                            "proxy",
                            "--listen=unix://" + folder.resolve("docker.sock"),
                            "--upstream=" + engine.host(),
                            "--policy=" + policy));
            ProxyProcess proxy = new ProxyProcess(daemon, folder);
            proxy.awaitReady();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the proxy", e);
        }
    }

    private void awaitReady() {
        daemon.awaitReady(START, () -> docker("version").exitCode() == 0, this::close);
    }

    /** The socket it listens on. */
    Path socket() {
        return folder.resolve("docker.sock");
    }

    /** What a client is told to reach it by. */
    String host() {
        return "unix://" + socket();
    }

    /** Runs {@code docker} through it, and waits for the end. */
    CommandResult docker(String... args) {
        return DockerEngine.docker(host(), List.of(args));
    }

    @Override
    public void close() {
        daemon.closeAndRemove(folder);
    }
}
