package dev.portcullis.inspection;

import dev.portcullis.document.JsonPatch;
import dev.portcullis.policy.AppliedFix;
import dev.portcullis.policy.Mending;
import dev.portcullis.policy.Report;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the fixes of a report have changed in a document.
 *
 * @param operations JSON Patch relative to the document as it was
 * @param last what is found of the document as it is, empty where it has changed since it was judged last
 */
public record DocumentPatch(ArrayNode operations, Optional<Report> last) {
    /**
     * Changes a document, in place.
     *
     * @param again judges the document as it is then
     */
    public static <E extends Exception> DocumentPatch apply(ObjectNode document, Report report, Mending.Again<E> again)
            throws E {
        ArrayNode patch = document.arrayNode();
        Optional<Report> last = Mending.mend(
                report,
                fixes -> {
                    ArrayNode made = JsonPatch.apply(
                            document, fixes.stream().map(AppliedFix::edit).toList());
                    patch.addAll(made);
                    return !made.isEmpty();
                },
                again);
        return new DocumentPatch(patch, last);
    }

    /** What is found of the document as it is, judged once more only where that is not known. */
    public <E extends Exception> Report after(Mending.Again<E> again) throws E {
        return last.isPresent() ? last.get() : again.judge();
    }
}
