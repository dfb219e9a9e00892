package dev.portcullis.kubernetes;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Printable;

/** An object that the Kubernetes API would not take: a value of another type than the field has. */
public final class MalformedObjectException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    private final transient FieldPath path;

    MalformedObjectException(FieldPath path, String problem) {
        super(Printable.text((path.equals(FieldPath.ROOT) ? "the object" : path.field()) + " " + problem, LONGEST));
        this.path = path;
    }

    /** The field that is wrong. */
    public FieldPath path() {
        return path;
    }
}
