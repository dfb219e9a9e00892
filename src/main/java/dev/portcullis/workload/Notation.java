package dev.portcullis.workload;

/**
 * How a platform writes a setting: {@code noNewPrivileges = true} is {@code allowPrivilegeEscalation: false} in a pod
 * and one more entry of {@code SecurityOpt} in a container-create body.
 */
@FunctionalInterface
public interface Notation<T> {
    /** The edit that gives the setting at {@code path} this value. */
    Edit edit(FieldPath path, T value);

    /** The value is written as it is, at the setting's own path. */
    static <T> Notation<T> plain() {
        return Edit.Set::new;
    }

    /** A flag whose written form is its opposite. */
    static Notation<Boolean> inverted() {
        return (path, value) -> new Edit.Set(path, !value);
    }
}
