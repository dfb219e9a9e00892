package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.document.Position;
import dev.portcullis.document.Positions;
import dev.portcullis.policy.Report;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What came of one document, or of one element of a list in it. */
public sealed interface Inspection {
    /** Where the document came from, as the user named it; null for a request's body. */
    @Nullable String source();

    /**
     * It was judged.
     *
     * @param start where the subject begins
     * @param report what was found, paths from the document's root
     * @param names of the elements of lists that applied fixes change, by the JSON Pointers to them
     * @param fixes for each finding the operations of its fix alone, in the order of the report; null where it has none
     * @param patch what {@code /mutate} would apply, JSON Patch operations from the document's root
     * @param patched what is found after that; null where nothing would be applied
     * @param command how the same is said by a command line; null where it is no command
     */
    record Judged(
            @Nullable String source,
            @Nullable Position start,
            Positions positions,
            Report report,
            Map<String, String> names,
            List<@Nullable ArrayNode> fixes,
            ArrayNode patch,
            @Nullable Report patched,
            @Nullable Command command)
            implements Inspection {

        /** The same of what is no command. */
        public Judged(
                @Nullable String source,
                @Nullable Position start,
                Positions positions,
                Report report,
                Map<String, String> names,
                List<@Nullable ArrayNode> fixes,
                ArrayNode patch,
                @Nullable Report patched) {
            this(source, start, positions, report, names, fixes, patch, patched, null);
        }

        /** What was found of an object that has no text, and that nobody patches where it is. */
        public static Judged of(String source, JsonNode object, Report report) {
            return new Judged(
                    source,
                    null,
                    Positions.none(),
                    report,
                    Map.of(),
                    Inspector.fixes(object, report),
                    Inspector.noPatch(),
                    null);
        }

        /** Where a finding's field is, or the nearest thing above it that is there; null where the finding has no field. */
        @Nullable Position placeOf(Finding finding) {
            return finding.path() == null ? null : Inspector.nearest(positions, finding.path());
        }

        /** Where a finding is told: at its field, else where the subject begins. */
        public @Nullable Position placeToTell(Finding finding) {
            Position place = placeOf(finding);
            return place == null ? start : place;
        }

        /** What a finding is about: {@code Pod shop/web, container app}. */
        String whatHas(Finding finding) {
            String subject = report.subject().display();
            return finding.container() == null ? subject : subject + ", container " + finding.container();
        }

        /** The same, with what is found after the patch. */
        Judged patchedTo(Report after) {
            return new Judged(source, start, positions, report, names, fixes, patch, after, command);
        }

        /** The same, with nothing to apply. */
        Judged unpatched() {
            return new Judged(source, start, positions, report, names, fixes, Inspector.noPatch(), null, command);
        }

        /** The same, with how it is said by a command line. */
        Judged saidBy(Command line) {
            return new Judged(source, start, positions, report, names, fixes, patch, patched, line);
        }
    }

    /**
     * What to write on a command line.
     *
     * @param flags for each finding what to write, or to leave out, in the order of the report; empty where no flag says it
     * @param mended the whole command with what can be mended; null where that is nothing
     * @param after what is found of it then; null where there is none
     */
    record Command(
            List<String> flags,
            @Nullable String mended,
            @Nullable Report after) {}

    /**
     * It could not be read.
     *
     * @param text whether its text is neither JSON nor YAML, rather than an object that the platform would not take
     */
    record Unreadable(@Nullable String source, @Nullable Position place, String error, boolean text)
            implements Inspection {}

    /** It holds nothing to judge. */
    record NoWorkload(@Nullable String source, @Nullable String kind) implements Inspection {}
}
