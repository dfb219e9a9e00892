package dev.portcullis.rewrite;

import dev.portcullis.document.Document;
import dev.portcullis.document.Position;
import dev.portcullis.document.Yaml;
import dev.portcullis.document.YamlDialect;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of rewriting share. */
final class Layouts {
    static final YamlDialect.Choice DIALECTS =
            keys -> keys.contains("services") ? YamlDialect.COMPOSE : YamlDialect.KUBERNETES;

    private Layouts() {}

    static List<Document> read(byte[] text) throws Exception {
        List<Document> documents = new ArrayList<>();
        for (Yaml.Result result : Yaml.readEach(text, Integer.MAX_VALUE, DIALECTS)) {
            documents.add(((Yaml.Read) result).document());
        }
        return documents;
    }

    static List<JsonNode> roots(byte[] text) throws Exception {
        return read(text).stream().map(Document::root).toList();
    }

    static Position start(byte[] text, int document) throws Exception {
        return Objects.requireNonNull(read(text).get(document).positions().of(""));
    }

    /** {@code {set: POINTER, value: …}}, {@code {append: POINTER, value: …}} or {@code {remove: POINTER, key: …, name: …}}. */
    static Edit edit(JsonNode edit) {
        if (edit.has("set")) {
            return new Edit.Set(path(edit.get("set").stringValue()), value(edit));
        }
        return edit.has("append")
                ? new Edit.Append(path(edit.get("append").stringValue()), value(edit))
                : new Edit.Remove(
                        path(edit.get("remove").stringValue()),
                        edit.get("key").stringValue(),
                        edit.get("name").stringValue());
    }

    private static Object value(JsonNode edit) {
        return Objects.requireNonNull(JsonMapper.shared().convertValue(edit.get("value"), Object.class));
    }

    static FieldPath path(String pointer) {
        FieldPath path = FieldPath.ROOT;
        for (String step : List.of(pointer.substring(1).split("/", -1))) {
            path = step.matches("[0-9]+") ? path.index(Integer.parseInt(step)) : path.child(step);
        }
        return path;
    }
}
