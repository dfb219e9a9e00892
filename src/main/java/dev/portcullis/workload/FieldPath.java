package dev.portcullis.workload;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in its document, from the document's root. A path is a link to its parent and a last step, so
 * that a thousand paths cost a thousand small objects and text is made only for those that are shown.
 */
public final class FieldPath {
    /** The document itself. */
    public static final FieldPath ROOT = new FieldPath(null, "", -1);

    private static final int LIKELY_LENGTH = 80;

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

    /**
     * The path of a statement, counted from 0, in a text that is a list of them. People are shown its keyword alone; its place
     * in the list, which the pointer tells, is where its position is found.
     */
    public FieldPath statement(String keyword, int position) {
        return new FieldPath(this, keyword, position);
    }

    /** The path of a statement that is missing and would go behind this one. */
    public FieldPath as(String keyword) {
        return new FieldPath(parent, keyword, index);
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
        StringBuilder text = new StringBuilder(LIKELY_LENGTH);
        point(text);
        return text.toString();
    }

    private void point(StringBuilder text) {
        if (parent == null) {
            return;
        }
        parent.point(text);
        text.append('/');
        if (index >= 0) {
            text.append(index);
        } else {
            text.append(key.replace("~", "~0").replace("/", "~1"));
        }
    }

    /** As Kubernetes writes it: {@code spec.containers[0].image}; keys that are no plain names are quoted in brackets. */
    public String field() {
        return render(element -> Integer.toString(element.index));
    }

    /** As {@link #field()} without indexes, so that an element that moved in its list keeps its identity. */
    public String shape() {
        return render(element -> "");
    }

    /**
     * As {@link #field()} with names in place of indexes: {@code spec.containers[web].image}.
     *
     * @param name of the element at a path; null where it has none
     */
    public String named(Function<FieldPath, @Nullable String> name) {
        return render(element -> {
            String known = name.apply(element);
            return known == null ? Integer.toString(element.index) : known;
        });
    }

    private String render(Function<FieldPath, String> element) {
        StringBuilder text = new StringBuilder(LIKELY_LENGTH);
        render(text, element);
        return text.toString();
    }

    private void render(StringBuilder text, Function<FieldPath, String> element) {
        if (parent == null) {
            return;
        }
        parent.render(text, element);
        if (index >= 0 && key.isEmpty()) {
            text.append('[').append(element.apply(this)).append(']');
        } else if (index >= 0 || isPlain(key)) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(key);
        } else {
            text.append("[\"").append(key.replace("\"", "\\\"")).append("\"]");
        }
    }

    private static boolean isPlain(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean inner = (c >= '0' && c <= '9') || c == '-';
            if (!letter && !(inner && i > 0)) {
                return false;
            }
        }
        return !key.isEmpty();
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
