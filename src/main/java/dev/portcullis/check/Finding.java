package dev.portcullis.check;

import dev.portcullis.workload.FieldPath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param container the container's name, null where it concerns the whole workload
 * @param path where it stands or would go; null where there is no such place
 * @param value what is written there, null where nothing is
 * @param state what is wrong, following the field's name: {@code is true}
 * @param remedy what to do about it, an imperative; empty where there is nothing to do
 * @param fix null where there is none to offer
 */
public record Finding(
        CheckInfo check,
        Result result,
        @Nullable String container,
        @Nullable FieldPath path,
        @Nullable Object value,
        String state,
        String remedy,
        @Nullable Fix fix) {

    /** One sentence for people: {@code spec.hostPID is true; set it to false}. */
    public String message() {
        return remedy.isEmpty() ? problem() : problem() + "; " + remedy;
    }

    /** The same without what to do about it: {@code spec.hostPID is true}. */
    public String problem() {
        return path == null ? state : path.field() + " " + state;
    }

    /** A text about this finding after the container it concerns: {@code container web: ...}. */
    public String inContainer(String text) {
        return container == null ? text : "container " + container + ": " + text;
    }

    /** The same with no fix to offer. */
    public Finding withoutFix() {
        return withFix(null);
    }

    /** The same with another fix, or none, to offer. */
    public Finding withFix(@Nullable Fix offered) {
        return Objects.equals(fix, offered)
                ? this
                : new Finding(check, result, container, path, value, state, remedy, offered);
    }

    /**
     * What makes it the same finding in another state of its subject: check, container, field without indexes, value; where
     * it has no field, what it says. One text, since texts keep a set fast whoever chooses the names.
     */
    public String identity() {
        String shape = path == null ? state : path.shape();
        return String.join("\0", check.id(), String.valueOf(container), shape, String.valueOf(value));
    }

    /** Whether it speaks against the workload. */
    public boolean isViolation() {
        return result == Result.FAIL || result == Result.ERROR;
    }
}
