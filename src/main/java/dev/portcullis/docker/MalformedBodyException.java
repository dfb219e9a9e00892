package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Printable;

/** A body, or a request around it, that the Docker engine would not take or that two engines would take differently. */
public final class MalformedBodyException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PATH = 120;
    private static final int LONGEST_QUOTE = 60;
    private static final int LONGEST = 300;

    private final transient FieldPath path;

    MalformedBodyException(FieldPath path, String problem, String remedy) {
        super(place(path) + " " + Printable.text(problem + ": " + remedy, LONGEST), null, false, false);
        this.path = path;
    }

    /** The value that is wrong, as the body spells the way to it. */
    public FieldPath path() {
        return path;
    }

    static String quoted(String text) {
        return '"' + Printable.text(text, LONGEST_QUOTE) + '"';
    }

    private static String place(FieldPath path) {
        return path.equals(FieldPath.ROOT) ? "the body" : Printable.text(path.field(), LONGEST_PATH);
    }
}
