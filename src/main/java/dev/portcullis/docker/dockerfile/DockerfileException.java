package dev.portcullis.docker.dockerfile;

import dev.portcullis.document.Position;
import dev.portcullis.workload.Printable;
import java.util.Objects;

/** A Dockerfile that no build would take: the message says what is wrong, where, and how to mend it. */
public final class DockerfileException extends Exception {
    private static final int LONGEST = 400;

    private final transient Position position;

    DockerfileException(String problem, Position position, String remedy) {
        super(Printable.text(problem + " at " + position + ": " + remedy, LONGEST), null, false, false);
        this.position = position;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Where it went wrong. */
    public Position position() {
        return position;
    }
}
