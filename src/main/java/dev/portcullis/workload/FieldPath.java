package dev.portcullis.workload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in its document, from the document's root. A path is a link to its parent and a last step, so
 * that a thousand paths cost a thousand small objects and text is made only for those that are shown.
 */
public final class FieldPath {
    /** The document itself. */
    public static final FieldPath ROOT = new FieldPath(null, "", -1);

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final @Nullable FieldPath parent;
    private final String key;
    private final int index;

    private FieldPath(@Nullable FieldPath parent, String key, int index) {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    /** The path of an object's member. */
    public FieldPath child(String name) {
        return new FieldPath(this, name, -1);
    }

    /** The path of an array's element, counted from 0. */
    public FieldPath index(int position) {
        return new FieldPath(this, "", position);
    }

    /** The path below this one, one child a name. */
    public FieldPath descend(String... names) {
        FieldPath path = this;
        for (String name : names) {
            path = path.child(name);
        }
        return path;
    }

    /** As a JSON Pointer (RFC 6901): {@code /spec/containers/0/image}; the root is the empty string. */
    public String pointer() {
        StringBuilder text = new StringBuilder();
        for (FieldPath step : steps()) {
            text.append('/');
            if (step.index >= 0) {
                text.append(step.index);
            } else {
                text.append(step.key.replace("~", "~0").replace("/", "~1"));
            }
        }
        return text.toString();
    }

    /** As Kubernetes writes it: {@code spec.containers[0].image}; keys that are no plain names are quoted in brackets. */
    public String field() {
        return render(true);
    }

    /** As {@link #field()} without indexes, so that an element that moved in its list keeps its identity. */
    public String shape() {
        return render(false);
    }

    private String render(boolean withIndexes) {
        StringBuilder text = new StringBuilder();
        for (FieldPath step : steps()) {
            if (step.index >= 0) {
                text.append('[')
                        .append(withIndexes ? String.valueOf(step.index) : "")
                        .append(']');
            } else if (PLAIN_KEY.matcher(step.key).matches()) {
                text.append(text.isEmpty() ? "" : ".").append(step.key);
            } else {
                text.append("[\"").append(step.key.replace("\"", "\\\"")).append("\"]");
            }
        }
        return text.toString();
    }

    private Deque<FieldPath> steps() {
        Deque<FieldPath> steps = new ArrayDeque<>();
        for (FieldPath step = this; step.parent != null; step = step.parent) {
            steps.push(step);
        }
        return steps;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldPath that
                && index == that.index
                && key.equals(that.key)
                && Objects.equals(parent, that.parent);
    }

    @Override
    public int hashCode() {
        return (parent == null ? 0 : parent.hashCode()) * 31 + key.hashCode() + index;
    }

    /** The same as {@link #field()}. */
    @Override
    public String toString() {
        return field();
    }
}
