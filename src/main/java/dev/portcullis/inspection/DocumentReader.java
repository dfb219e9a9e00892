package dev.portcullis.inspection;

import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.document.Positions;
import dev.portcullis.kubernetes.PodObject;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Matter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one kind of document. */
interface DocumentReader {
    /** The kind as callers name it, {@code kind=Container}; empty where the documents say themselves what they are. */
    String kind();

    /** Whether a document can only be of this kind. */
    boolean recognizes(JsonNode root);

    /** Everything in a document that can be judged, or could be. */
    List<Item> read(JsonNode root);

    /** The same for a reader that looks around the document. */
    default List<Item> read(JsonNode root, Origin origin) {
        return read(root);
    }

    /** Where values stand, those too that something in a document takes from elsewhere. */
    default Places places(JsonNode root, Positions own) {
        return item -> own;
    }

    /** Whether an edit of a document would do what a finding asks for. */
    default boolean mends(Found found, Edit edit, Positions positions) {
        return true;
    }

    /**
     * Where a document comes from.
     *
     * @param source as the user named it; null for a request's body
     * @param positions of the document as it was read
     */
    record Origin(@Nullable String source, Positions positions, Surroundings surroundings) {
        static final Origin UNKNOWN = new Origin(null, Positions.none(), Surroundings.NONE);
    }

    /** Where values stand, by the thing in a document that has them. */
    @FunctionalInterface
    interface Places {
        /**
         * Those of one thing.
         *
         * @param item where it begins; null for none
         */
        Positions of(@Nullable FieldPath item);
    }

    /** One thing in a document. */
    sealed interface Item {}

    /**
     * It can be judged.
     *
     * @param path where it begins, from the document's root
     * @param object the same as policies see it where it is written for Kubernetes, else null
     */
    record Found(
            FieldPath path,
            Matter matter,
            Patching patching,
            @Nullable PodObject object) implements Item {
        /** One that is not written for Kubernetes. */
        Found(FieldPath path, Matter matter, Patching patching) {
            this(path, matter, patching, null);
        }
    }

    /** It could be judged, but is written as its platform would not take it. */
    record Malformed(FieldPath path, String problem) implements Item {}

    /** It holds nothing to judge. */
    record Other(String kind) implements Item {}

    /** Who makes the fixes that a policy applies. */
    enum Patching {
        /** The gate, in this very document. */
        HERE,
        /** The gate, in what comes of the document later. */
        LATER,
        /** Nobody but its author. */
        NEVER,
        /** Nobody: it is no document that something is made of but the description of what there is. */
        IMPOSSIBLE
    }
}
