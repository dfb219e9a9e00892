package dev.portcullis.docker.compose;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Printable;

/** Something in a compose file that Docker Compose would not take. */
public final class ComposeException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PATH = 120;
    private static final int LONGEST_QUOTE = 60;
    private static final int LONGEST = 300;

    private final transient FieldPath path;

    /**
     * A problem and its remedy.
     *
     * @param path what is wrong
     * @param problem goes on after the path: {@code is a list}
     * @param remedy an imperative
     */
    public ComposeException(FieldPath path, String problem, String remedy) {
        super(place(path) + " " + Printable.text(problem + ": " + remedy, LONGEST), null, false, false);
        this.path = path;
    }

    /** What is wrong. */
    public FieldPath path() {
        return path;
    }

    /** A piece of the file for a message: quoted and short. */
    public static String quoted(String text) {
        return '"' + Printable.text(text, LONGEST_QUOTE) + '"';
    }

    private static String place(FieldPath path) {
        return path.equals(FieldPath.ROOT) ? "the compose file" : Printable.text(path.field(), LONGEST_PATH);
    }
}
