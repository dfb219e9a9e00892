package dev.portcullis.inspection;

import dev.portcullis.document.JsonPatch;
import dev.portcullis.policy.AppliedFix;
import dev.portcullis.policy.Mending;
import dev.portcullis.policy.Report;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the fixes of a report change in a document. */
public final class DocumentPatch {
    private DocumentPatch() {}

    /**
     * Changes a document, in place.
     *
     * @param again judges the document as it is then
     * @return JSON Patch relative to the document as it was
     */
    public static <E extends Exception> ArrayNode apply(ObjectNode document, Report report, Mending.Again<E> again)
            throws E {
        ArrayNode patch = document.arrayNode();
        Mending.mend(
                report,
                fixes -> {
                    ArrayNode made = JsonPatch.apply(
                            document, fixes.stream().map(AppliedFix::edit).toList());
                    patch.addAll(made);
                    return !made.isEmpty();
                },
                again);
        return patch;
    }
}
