package dev.portcullis.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a YAML document says before tags, aliases and merge keys are applied. */
sealed interface YamlNode {
    /** Where the node's text starts. */
    Position position();

    /**
     * Text of any style.
     *
     * @param tag in its long form, null where none is written
     * @param implicit whether a reader may guess the type from the text: plain style, or the tag {@code !}
     * @param absent whether the document has no text here, as after a key that ends its line
     */
    record Scalar(String value, @Nullable String tag, boolean implicit, boolean absent, Position position)
            implements YamlNode {}

    /** The tag that is written before the node, in its long form; null where none is. */
    default @Nullable String tag() {
        return null;
    }

    /** A sequence; filled after it is made, since an alias may name it before it ends. */
    record Sequence(List<YamlNode> elements, @Nullable String tag, Position position) implements YamlNode {
        Sequence(@Nullable String tag, Position position) {
            this(new ArrayList<>(), tag, position);
        }
    }

    /** A mapping; filled after it is made, since an alias may name it before it ends. */
    record Mapping(List<Entry> entries, @Nullable String tag, Position position) implements YamlNode {
        Mapping(@Nullable String tag, Position position) {
            this(new ArrayList<>(), tag, position);
        }
    }

    /** A key, of any kind, and its value. */
    record Entry(YamlNode key, YamlNode value) {}

    /** The repetition of an anchored node, never of another alias. */
    record Alias(YamlNode target, Position position) implements YamlNode {}
}
