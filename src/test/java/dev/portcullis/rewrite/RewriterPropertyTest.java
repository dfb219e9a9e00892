package dev.portcullis.rewrite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.Document;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds of any text and any edits. */
class RewriterPropertyTest {
    private static final int TEXTS = Integer.getInteger("portcullis.rewriting.texts", 5_000);
    private static final List<Object> VALUES =
            List.of(true, 7L, "text", "10001", List.of("ALL"), Map.of("m", Map.of("n", List.of(1L))), Map.of());

    private static final Pattern EMPTY = Pattern.compile("[^#]*[:-]( +&a\\d+)?( +(~|null))?( +#.*)? *");
    private static final Pattern FLOW_OR_ALIAS = Pattern.compile("[^#]*([\\[\\]{}]|\\*a\\d).*");

    @Test
    void saysWhatTheEditsAskForAndChangesNoOtherLine() throws Exception {
        int written = 0;
        int refused = 0;
        int skipped = 0;
        int additive = 0;
        int repeated = 0;
        for (long seed = 0; seed < TEXTS; seed++) {
            String text = LayoutGenerator.text(seed);
            byte[] before = text.getBytes(UTF_8);
            List<Change> changes;
            try {
                changes = changes(before, new Random(seed));
            } catch (UnreadableException | ClassCastException unreadable) {
                skipped++;
                continue;
            }
            Rewriting rewriting = Rewriter.rewrite(before, Layouts.DIALECTS, changes);
            String after = rewriting.text();
            String story = "seed " + seed + ", " + changes + "\n" + text + "\n=>\n" + after + rewriting.refused();

            List<Change> made = new ArrayList<>(changes);
            rewriting.refused().forEach(one -> made.remove(one.change()));
            assertThat(rewriting.refused())
                    .as(story)
                    .noneMatch(one -> one.reason().contains("mistake"));
            assertThat(Layouts.roots(rewriting.text().getBytes(UTF_8)))
                    .as(story)
                    .isEqualTo(patched(before, made));
            if (made.stream().allMatch(change -> adds(change, before))) {
                assertThat(lost(text, after)).as(story).hasSizeLessThanOrEqualTo(made.size());
                assertThat(lost(text, after)).as(story).allMatch(line -> mayGo(line, after));
                assertThat(comments(after)).as(story).isEqualTo(comments(text));
                additive++;
            }
            repeated += changesNothingMore(after, made, story) ? 1 : 0;
            written += made.size();
            refused += rewriting.refused().size();
        }
        assertThat(written).isGreaterThan(TEXTS / 2).isGreaterThan(10 * refused);
        assertThat(skipped).as("texts that were skipped").isLessThanOrEqualTo(TEXTS / 10);
        assertThat(additive).as("texts to which was only added").isGreaterThan(TEXTS / 4);
        assertThat(repeated).as("texts that were rewritten twice").isGreaterThan(TEXTS * 9 / 10 - skipped);
    }

    /** Whether the changes ask for nothing more once they are made, so that a second time must write nothing. */
    private static boolean changesNothingMore(String after, List<Change> made, String story) throws Exception {
        byte[] text = after.getBytes(UTF_8);
        try {
            if (!patched(text, made).equals(Layouts.roots(text))) {
                return false;
            }
        } catch (IllegalArgumentException | ClassCastException | JacksonException replaced) {
            // A later one of the changes took away what an earlier one is about.
            return false;
        }
        List<Change> again = new ArrayList<>();
        for (Change change : made) {
            again.add(new Change(Layouts.start(text, 0), change.edits()));
        }
        assertThat(Rewriter.rewrite(text, Layouts.DIALECTS, again).text())
                .as("a second time: %s", story)
                .isEqualTo(after);
        return true;
    }

    /** Up to three edits of the first document. */
    private static List<Change> changes(byte[] text, Random random) throws Exception {
        Document document = Layouts.read(text).getFirst();
        List<FieldPath> places = new ArrayList<>();
        collect((ObjectNode) document.root(), FieldPath.ROOT, places);
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            FieldPath place = places.get(random.nextInt(places.size()));
            JsonNode at = document.root().at(place.pointer());
            Object value = VALUES.get(random.nextInt(VALUES.size()));
            Edit edit = at.isArray() ? new Edit.Append(place, value) : new Edit.Set(place, value);
            changes.add(new Change(Layouts.start(text, 0), List.of(edit)));
        }
        return changes;
    }

    /** Values that could be set, and such as are not there yet. */
    private static void collect(JsonNode node, FieldPath path, List<FieldPath> places) {
        if (node.isObject()) {
            places.add(path.child("new"));
            places.add(path.descend("newer", "inner"));
        }
        if (!path.equals(FieldPath.ROOT) && (!node.isObject() || node.isEmpty())) {
            places.add(path);
        }
        node.properties().forEach(member -> collect(member.getValue(), path.child(member.getKey()), places));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), path.index(i), places);
        }
    }

    private static boolean adds(Change change, byte[] text) {
        try {
            JsonNode at = Layouts.roots(text)
                    .getFirst()
                    .at(change.edits().getFirst().path().pointer());
            return at.isMissingNode() || at.isArray() || at.isNull() || (at.isObject() && at.isEmpty());
        } catch (Exception unread) {
            throw new IllegalStateException(unread);
        }
    }

    private static List<JsonNode> patched(byte[] text, List<Change> changes) throws Exception {
        List<JsonNode> roots = Layouts.roots(text);
        changes.forEach(change -> JsonPatch.apply((ObjectNode) roots.getFirst(), change.edits()));
        return roots;
    }

    /**
     * Whether a line may change where something is only added: an empty value or an alias is written out there, or an entry
     * or a comma is put into braces or brackets.
     */
    private static boolean mayGo(String line, String after) {
        boolean entry = after.lines().anyMatch(one -> one.replace(",", "").equals(line.replace(",", "")));
        return entry
                || EMPTY.matcher(line).matches()
                || FLOW_OR_ALIAS.matcher(line).matches();
    }

    /** The lines of a text that another does not have, as often. */
    private static List<String> lost(String before, String after) {
        Map<String, Integer> counts = new HashMap<>();
        after.lines().forEach(line -> counts.merge(line, 1, Integer::sum));
        return before.lines()
                .filter(line -> counts.merge(line, -1, Integer::sum) < 0)
                .toList();
    }

    private static long comments(String text) {
        return text.lines().filter(line -> line.contains("# ")).count();
    }
}
