package dev.portcullis.app;

import dev.portcullis.engine.Deadline;
import dev.portcullis.engine.EngineClient;
import dev.portcullis.engine.EngineUnavailableException;
import dev.portcullis.engine.KnownBypasses;
import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private static final int LONGEST_VERSION = 60;
    private static final List<Path> SPECIFICATIONS =
            List.of(Path.of("/etc/docker/plugins"), Path.of("/usr/lib/docker/plugins"));

    private final EngineClient engine;
    private final Thread thread;

    private EngineNotice(EngineClient engine) {
        this.engine = engine;
        this.thread = Thread.ofVirtual().name("engine-notice").start(this::tellOnce);
    }

    /** Null where no engine is guarded. */
    static @Nullable EngineNotice of(PortcullisProperties.Docker docker) {
        return docker.socket() == null ? null : new EngineNotice(new EngineClient(docker.engine()));
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
            String version = Printable.text(engine.version(Deadline.in(PATIENCE)), LONGEST_VERSION);
            LOG.info(
                    "guards Docker engine {}; on its unix socket nobody is told apart, so exceptions for users and groups"
                            + " hold only where clients come with certificates",
                    version);
            KnownBypasses.of(version).forEach(known -> LOG.warn("Docker engine {}: {}", version, known));
            unverified(SPECIFICATIONS).forEach(LOG::warn);
            return true;
        } catch (EngineUnavailableException notYet) {
            LOG.debug("the engine {}", notYet.getMessage());
            return false;
        }
    }

    /** Specifications of plugins by which an engine would trust anybody who answers. */
    static List<String> unverified(List<Path> folders) {
        List<String> warnings = new ArrayList<>();
        for (Path folder : folders) {
            Path url = folder.resolve("portcullis.spec");
            Path json = folder.resolve("portcullis.json");
            if (Files.exists(url)) {
                warnings.add(
                        url + " has the engine trust whoever answers: write portcullis.json with a CAFile instead");
            }
            try {
                if (Files.exists(json) && !Files.readString(json).contains("\"CAFile\"")) {
                    warnings.add(json + " names no CAFile, so that the engine trusts whoever answers: add one");
                }
            } catch (IOException unreadable) {
                warnings.add(json + " cannot be read, so whether it names a CAFile is not known: " + unreadable);
            }
        }
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
