package dev.portcullis.proxy;

import java.io.IOException;
import java.nio.file.Path;

/** The engine's socket takes no connection. */
final class EngineGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String engine;

    EngineGoneException(Path engine, IOException cause) {
        super(cause);
        this.engine = engine.toString();
    }

    /** What a client shows. */
    String sentence() {
        return "portcullis cannot reach the Docker engine at unix://" + engine
                + ": see that it runs (systemctl status docker) and that portcullis may use its socket";
    }
}
