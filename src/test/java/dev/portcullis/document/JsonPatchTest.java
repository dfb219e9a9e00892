package dev.portcullis.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class JsonPatchTest {
    private static final FieldPath LIST = FieldPath.ROOT.child("list");

    /** What a document becomes, by us and by another who applies what we tell; and a second time nothing is left to do. */
    private static ArrayNode patch(String before, String after, Edit... edits) throws Exception {
        ObjectNode document = tree(before);
        ArrayNode operations = JsonPatch.apply(document, List.of(edits));
        assertThat(document).isEqualTo(tree(after));
        assertThat(io.fabric8.zjsonpatch.JsonPatch.apply(operations, tree(before)))
                .isEqualTo(tree(after));
        assertThat(JsonPatch.apply(document, List.of(edits))).isEmpty();
        return operations;
    }

    private static ObjectNode tree(String json) throws Exception {
        return (ObjectNode) Json.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void removesEveryElementOfTheName() throws Exception {
        ArrayNode operations = patch(
                "{\"list\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"a\",\"at\":1},{\"name\":\"c\"}]}",
                "{\"list\":[{\"name\":\"b\"},{\"name\":\"c\"}]}",
                new Edit.Remove(LIST, "name", "a"));
        assertThat(operations.toString())
                .isEqualTo("[{\"op\":\"remove\",\"path\":\"/list/2\"},{\"op\":\"remove\",\"path\":\"/list/0\"}]");
    }

    @Test
    void removesFromOneListAfterAnother() throws Exception {
        patch(
                "{\"list\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}],\"more\":[{\"name\":\"a\"}]}",
                "{\"list\":[{\"name\":\"c\"}],\"more\":[]}",
                new Edit.Remove(LIST, "name", "a"),
                new Edit.Remove(LIST, "name", "b"),
                new Edit.Remove(FieldPath.ROOT.child("more"), "name", "a"));
    }

    @Test
    void removesNothingWhereThereIsNoSuchElement() throws Exception {
        String document = "{\"list\":[{\"name\":\"b\"},\"a\",null,{\"name\":1},{\"a\":\"name\"}],\"text\":\"a\"}";
        assertThat(patch(
                        document,
                        document,
                        new Edit.Remove(LIST, "name", "a"),
                        new Edit.Remove(FieldPath.ROOT.child("text"), "name", "a"),
                        new Edit.Remove(FieldPath.ROOT.descend("no", "list"), "name", "a")))
                .isEmpty();
    }

    @Test
    void showsARemovalWithoutMakingIt() throws Exception {
        ObjectNode document = tree("{\"list\":[{\"name\":\"a\"},{\"name\":\"a\"}]}");
        ObjectNode before = document.deepCopy();
        ArrayNode operations = JsonPatch.preview(document, new Edit.Remove(LIST, "name", "a"));
        assertThat(document).isEqualTo(before);
        assertThat(io.fabric8.zjsonpatch.JsonPatch.apply(operations, before)).isEqualTo(tree("{\"list\":[]}"));
    }
}
