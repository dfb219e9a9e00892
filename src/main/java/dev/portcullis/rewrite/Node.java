package dev.portcullis.rewrite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node of a document and the stretch of text that it fills, in offsets from the start of the text. */
sealed interface Node {
    /** Where it begins, with its anchor and its tag. */
    int start();

    /** Behind its last character; comments and blank lines that follow are not its own. */
    int end();

    /** The name by which aliases repeat it; null where it has none. */
    default @Nullable String anchor() {
        return null;
    }

    /** Whether a tag is written before it. */
    default boolean tagged() {
        return false;
    }

    /** Whether it is a collection on lines of its own, without braces or brackets. */
    default boolean isBlock() {
        return (this instanceof Mapping mapping && !mapping.flow())
                || (this instanceof Sequence sequence && !sequence.flow());
    }

    /** What stands last in it: of a block the last value of its last value, else itself. */
    default Node deepest() {
        Node last = this;
        while (last.isBlock()) {
            last = last instanceof Mapping mapping
                    ? mapping.entries().getLast().value()
                    : ((Sequence) last).elements().getLast();
        }
        return last;
    }

    /** Whether the blank lines behind it belong to it. */
    default boolean keepsBlanks() {
        return deepest() instanceof Scalar scalar && scalar.quoting() == Quoting.KEEPING_BLOCK;
    }

    /** How a scalar is written. */
    enum Quoting {
        /** Not at all, as after a key that ends its line. */
        ABSENT,
        PLAIN,
        SINGLE,
        DOUBLE,
        /** On lines of its own after {@code |} or {@code >}. */
        BLOCK,
        /** The same where the blank lines behind belong to it. */
        KEEPING_BLOCK
    }

    /** Text, a number, true, false or null. */
    record Scalar(int start, int end, @Nullable String anchor, boolean tagged, Quoting quoting) implements Node {}

    /** The repetition of another node. */
    record Alias(int start, int end, String name) implements Node {}

    /**
     * Keys and their values.
     *
     * @param flow whether it is written in braces
     */
    record Mapping(int start, int end, @Nullable String anchor, boolean tagged, boolean flow, List<Entry> entries)
            implements Node {}

    /**
     * A list.
     *
     * @param flow whether it is written in brackets
     */
    record Sequence(int start, int end, @Nullable String anchor, boolean tagged, boolean flow, List<Node> elements)
            implements Node {}

    /**
     * A key and its value.
     *
     * @param name the key as text; null where it is no scalar
     */
    record Entry(Node key, @Nullable String name, Node value) {
        boolean merges() {
            return "<<".equals(name) && key instanceof Scalar scalar && scalar.quoting() == Quoting.PLAIN;
        }
    }
}
