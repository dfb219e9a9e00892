package dev.portcullis.rewrite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.JsonPatch;
import dev.portcullis.document.Position;
import dev.portcullis.workload.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each folder of {@code src/test/rewriting} holds a text before and after edits, and what could not be written.
 * {@code -Dportcullis.goldens=rewrite} writes the results anew: read what changed before you keep it.
 */
class RewriterTest {
    private static final Path CASES = Path.of("src", "test", "rewriting");
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("portcullis.goldens"));

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesWhatTheCaseSays(Path folder) throws Exception {
        String ending = Files.exists(folder.resolve("before.json")) ? ".json" : ".yaml";
        byte[] before = Files.readAllBytes(folder.resolve("before" + ending));
        List<Change> changes = changes(folder, before);

        Rewriting rewriting = Rewriter.rewrite(before, Layouts.DIALECTS, changes);

        String text = rewriting.text();
        expect(folder.resolve("after" + ending), text);
        expect(folder.resolve("refused.txt"), told(rewriting));
        assertThat(Layouts.roots(rewriting.text().getBytes(UTF_8)))
                .as("what it says")
                .isEqualTo(patched(before, changes, rewriting.refused()));
        List<Change> made = changes.stream()
                .filter(change -> rewriting.refused().stream()
                        .noneMatch(refused -> refused.change().equals(change)))
                .map(change -> moved(change, before, rewriting.text().getBytes(UTF_8)))
                .toList();
        assertThat(Rewriter.rewrite(rewriting.text().getBytes(UTF_8), Layouts.DIALECTS, made)
                        .text())
                .as("a second time")
                .isEqualTo(text);
    }

    private static void expect(Path golden, String text) throws IOException {
        if (REWRITE) {
            Files.deleteIfExists(golden);
            if (!text.isEmpty()) {
                Files.writeString(golden, text);
            }
        }
        assertThat(text).as("%s", golden).isEqualTo(Files.exists(golden) ? Files.readString(golden) : "");
    }

    private static String told(Rewriting rewriting) {
        return rewriting.refused().stream()
                .map(refused -> refused.change().edits().getFirst().path() + ": " + refused.reason() + "\n")
                .collect(Collectors.joining());
    }

    private static List<Change> changes(Path folder, byte[] text) throws Exception {
        List<Change> changes = new ArrayList<>();
        for (JsonNode edit :
                Layouts.roots(Files.readAllBytes(folder.resolve("edits.yaml"))).getFirst()) {
            Position start = Layouts.start(text, edit.path("document").asInt(0));
            changes.add(new Change(start, List.of(Layouts.edit(edit))));
        }
        return changes;
    }

    /** The same change of the same document in another text. */
    private static Change moved(Change change, byte[] from, byte[] to) {
        try {
            int document = 0;
            while (!Layouts.start(from, document).equals(change.within())) {
                document++;
            }
            return new Change(Layouts.start(to, document), change.edits());
        } catch (Exception unread) {
            throw new IllegalStateException(unread);
        }
    }

    private static List<JsonNode> patched(byte[] text, List<Change> changes, List<Rewriting.Refused> refused)
            throws Exception {
        List<JsonNode> roots = Layouts.roots(text);
        for (Change change : changes) {
            if (refused.stream().noneMatch(one -> one.change().equals(change))) {
                int document = 0;
                while (!Layouts.start(text, document).equals(change.within())) {
                    document++;
                }
                JsonPatch.apply((ObjectNode) roots.get(document), change.edits());
            }
        }
        return roots;
    }

    @Test
    void keepsByteOrderMarksAndLineBreaks() throws Exception {
        assertThat(rewritten("\uFEFFa:\r\n  b: 1 # c\r\nd: 2\r\n", "/a/x"))
                .isEqualTo("\uFEFFa:\r\n  b: 1 # c\r\n  x: true\r\nd: 2\r\n");
        assertThat(rewritten("a:\r\n  b: 1", "/a/x")).isEqualTo("a:\r\n  b: 1\r\n  x: true");
        assertThat(rewritten("a:\n  b: 1\r\nd: 2\n", "/a/x")).isEqualTo("a:\n  b: 1\r\n  x: true\r\nd: 2\n");
        assertThat(rewritten("{\r\n\t\"a\": {\r\n\t\t\"b\": 1\r\n\t}\r\n}", "/a/x"))
                .isEqualTo("{\r\n\t\"a\": {\r\n\t\t\"b\": 1,\r\n\t\t\"x\": true\r\n\t}\r\n}");
    }

    @Test
    void countsCharactersBeyondTheFirstPlane() throws Exception {
        assertThat(rewritten("k: 😀😀 # 😀\na: {b: '😀'}\nc: 😀\n", "/a/x"))
                .isEqualTo("k: 😀😀 # 😀\na: {b: '😀', x: true}\nc: 😀\n");
    }

    @Test
    void keepsCommentsInTheBlocksTheyStandIn() throws Exception {
        assertThat(rewritten("a:\n  b: 1\n  # of a\n\n  # y: 2\n\n# of c\nc: 2\n", "/a/x"))
                .isEqualTo("a:\n  b: 1\n  # of a\n\n  # y: 2\n  x: true\n\n# of c\nc: 2\n");
        assertThat(rewritten("a:\r\n- b: 1\r\n\r\n  # of b\r\n\r\n# of the next\r\n- c: 1\r\n", "/a/0/x"))
                .isEqualTo("a:\r\n- b: 1\r\n\r\n  # of b\r\n  x: true\r\n\r\n# of the next\r\n- c: 1\r\n");
    }

    @Test
    void takesOutElementsThatStandTogether() throws Exception {
        assertThat(without("l: [{id: x}, {id: x}, {id: z}, {id: x}, {id: x}]\n"))
                .isEqualTo("l: [{id: z}]\n");
        assertThat(without("l:\n- id: x\n- id: z\n- id: x\n- id: x # c")).isEqualTo("l:\n- id: z");
        assertThat(without("l:\r\n- id: x\r\n- id: x\r\n- id: z\r\n- id: x")).isEqualTo("l:\r\n- id: z");
        assertThat(without("l:\n- id: z\n- id: x\n- id: x\n")).isEqualTo("l:\n- id: z\n");
    }

    private static String without(String text) throws Exception {
        return rewritten(text, new Edit.Remove(Layouts.path("/l"), "id", "x"));
    }

    private static String rewritten(String text, String pointer) throws Exception {
        return rewritten(text, new Edit.Set(Layouts.path(pointer), true));
    }

    private static String rewritten(String text, Edit edit) throws Exception {
        byte[] utf8 = text.getBytes(UTF_8);
        Change change = new Change(Layouts.start(utf8, 0), List.of(edit));
        Rewriting rewriting = Rewriter.rewrite(utf8, Layouts.DIALECTS, List.of(change));
        assertThat(rewriting.refused()).isEmpty();
        return rewriting.text();
    }
}
