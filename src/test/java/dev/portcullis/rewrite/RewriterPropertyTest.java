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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds of any text and any edits. */
class RewriterPropertyTest {
    private static final int TEXTS = Integer.getInteger("portcullis.rewriting.texts", 5_000);
    private static final List<Object> VALUES =
            List.of(true, 7L, "text", "10001", List.of("ALL"), Map.of("m", Map.of("n", List.of(1L))), Map.of());

    @Test
    void saysWhatTheEditsAskForAndChangesNoOtherLine() throws Exception {
        int written = 0;
        int refused = 0;
        for (long seed = 0; seed < TEXTS; seed++) {
            String text = LayoutGenerator.text(seed);
            byte[] before = text.getBytes(UTF_8);
            List<Change> changes;
            try {
                changes = changes(before, new Random(seed));
            } catch (UnreadableException | ClassCastException unreadable) {
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
                assertThat(lost(text, after)).as(story).isLessThanOrEqualTo(2 * made.size());
                assertThat(comments(after)).as(story).isEqualTo(comments(text));
            }
            written += made.size();
            refused += rewriting.refused().size();
        }
        assertThat(written).isGreaterThan(TEXTS / 2).isGreaterThan(10 * refused);
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

    /** The lines of a text that another does not have, as often. */
    private static int lost(String before, String after) {
        Map<String, Integer> counts = new HashMap<>();
        after.lines().forEach(line -> counts.merge(line, 1, Integer::sum));
        int lost = 0;
        for (String line : before.lines().toList()) {
            if (counts.merge(line, -1, Integer::sum) < 0) {
                lost++;
            }
        }
        return lost;
    }

    private static long comments(String text) {
        return text.lines().filter(line -> line.contains("# ")).count();
    }
}
