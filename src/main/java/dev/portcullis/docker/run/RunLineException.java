package dev.portcullis.docker.run;

import dev.portcullis.document.Position;
import dev.portcullis.workload.Printable;
import java.util.Objects;

/** A line that no shell or docker client would take, or that says more than is read here: what, where, and how to mend it. */
public final class RunLineException extends Exception {
    private static final int LONGEST = 400;
    private static final int LONGEST_QUOTE = 60;

    private final transient Position position;

    RunLineException(String problem, Position position, String remedy) {
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

    static String quoted(String text) {
        return '"' + Printable.text(text, LONGEST_QUOTE) + '"';
    }
}
