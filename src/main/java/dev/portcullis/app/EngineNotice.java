package dev.portcullis.app;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.engine.Deadline;
import dev.portcullis.engine.EngineClient;
import dev.portcullis.engine.EngineUnavailableException;
import dev.portcullis.engine.KnownBypasses;
import dev.portcullis.engine.OpenAddress;
import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once, when the guarded engine first answers, what is known to pass by its plugins. Engines start after their plugin, so
 * it may take a while.
 */
final class EngineNotice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineNotice.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int LONGEST = 200;
    private static final List<Path> SPECIFICATIONS =
            List.of(Path.of("/etc/docker/plugins"), Path.of("/usr/lib/docker/plugins"));

    private final EngineClient engine;
    private final String name;
    private final Thread thread;
    private final AtomicBoolean begun = new AtomicBoolean();

    private EngineNotice(EngineClient engine, String name) {
        this.engine = engine;
        this.name = name;
        this.thread = Thread.ofVirtual().name("engine-notice").unstarted(this::tellOnce);
    }

    /** One of the engine that is to be guarded; it begins at once where that has a socket to ask on. */
    static EngineNotice of(PortcullisProperties.Docker docker) {
        Path socket = docker.socket();
        EngineNotice notice = new EngineNotice(
                new EngineClient(docker.engine()),
                socket == null
                        ? "portcullis"
                        : String.valueOf(socket.getFileName()).replaceFirst("[.]sock$", ""));
        if (socket != null) {
            notice.begin();
        }
        return notice;
    }

    /** An engine has activated its plugin, by whatever way. */
    void begin() {
        if (!begun.getAndSet(true)) {
            thread.start();
        }
    }

    private void tellOnce() {
        try {
            while (!told()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean told() {
        try {
            String version = Printable.text(engine.version(Deadline.in(PATIENCE)), LONGEST);
            List<OpenAddress> open = engine.openAddresses(Deadline.in(PATIENCE));
            LOG.info(
                    "guards Docker engine {}; nobody is told apart on its unix socket, so exceptions for users and groups"
                            + " hold only on TCP and for clients with certificates",
                    version);
            KnownBypasses.of(version).forEach(known -> LOG.warn("Docker engine {}: {}", version, known));
            anonymous(open).forEach(LOG::warn);
            unverified(name, SPECIFICATIONS).forEach(LOG::warn);
            return true;
        } catch (EngineUnavailableException notYet) {
            LOG.debug("the engine {}", notYet.getMessage());
            return false;
        }
    }

    /** What to do where the engine takes requests of anybody. */
    static List<String> anonymous(List<OpenAddress> open) {
        return open.stream()
                .map(each -> "the engine's API is open at " + Printable.text(each.address(), LONGEST)
                        + " to clients without certificates, who are not told apart: give dockerd --tlsverify")
                .toList();
    }

    /** Specifications of plugins by which an engine would trust anybody who answers. */
    static List<String> unverified(String name, List<Path> folders) {
        List<String> warnings = new ArrayList<>();
        for (Path folder : folders) {
            Path url = folder.resolve(name + ".spec");
            Path json = folder.resolve(name + ".json");
            if (Files.exists(url)) {
                warnings.add(url + " has the engine trust whoever answers: write " + json.getFileName()
                        + " with a CAFile instead");
            }
            try {
                if (Files.exists(json) && !namesAuthority(json)) {
                    warnings.add(json + " names no CAFile, so that the engine trusts whoever answers: add one");
                }
            } catch (IOException unreadable) {
                warnings.add(json + " cannot be read, so whether it names a CAFile is not known: " + unreadable);
            }
        }
        return List.copyOf(warnings);
    }

    private static boolean namesAuthority(Path json) throws IOException {
        try {
            return Json.read(Files.readAllBytes(json))
                            .path("TLSConfig")
                            .path("CAFile")
                            .stringValue("")
                            .length()
                    > 0;
        } catch (UnreadableException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
