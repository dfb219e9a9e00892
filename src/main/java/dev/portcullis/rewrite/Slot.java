package dev.portcullis.rewrite;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in what holds it.
 *
 * @param pointer JSON Pointer (RFC 6901) from the document's root
 * @param kind what holds it
 * @param behind the place behind its key's colon or its dash
 * @param column of its key or its dash
 * @param flow how the collection in braces or brackets is written that holds it; null where a block does
 */
record Slot(
        String pointer,
        Kind kind,
        int behind,
        int column,
        @Nullable FlowStyle flow) {
    enum Kind {
        ROOT,
        MEMBER,
        ELEMENT
    }

    static Slot root(Node root) {
        boolean flow = (root instanceof Node.Mapping mapping && mapping.flow())
                || (root instanceof Node.Sequence sequence && sequence.flow());
        return new Slot("", Kind.ROOT, root.start(), -1, flow ? FlowStyle.USUAL : null);
    }

    /** How a collection in braces or brackets is written here, as far as it does not tell itself. */
    FlowStyle flowStyle() {
        return flow == null ? FlowStyle.USUAL : flow;
    }

    /** The pointer to a member of the value. */
    String member(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
