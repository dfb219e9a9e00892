package dev.portcullis.document;

import org.jspecify.annotations.Nullable;

/** Where each value of a document stands in its text. */
@FunctionalInterface
public interface Positions {
    /**
     * The position of a value, of its key where the value has no text of its own, or null where the document has no such
     * value or its positions are not known.
     *
     * @param jsonPointer RFC 6901, empty for the root
     */
    @Nullable Position of(String jsonPointer);

    /**
     * The position of the key of an object's member; of the value itself where it is no member.
     *
     * @param jsonPointer RFC 6901, empty for the root
     */
    default @Nullable Position ofKey(String jsonPointer) {
        return of(jsonPointer);
    }

    /**
     * The tag of an application's own that a value bears, such as {@code !reset}; null where it bears none.
     *
     * @param jsonPointer RFC 6901, empty for the root
     */
    default @Nullable String tagOf(String jsonPointer) {
        return null;
    }

    /** Knows no position. */
    static Positions none() {
        return jsonPointer -> null;
    }
}
