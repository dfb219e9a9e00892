package dev.portcullis.catalogue;

import dev.portcullis.workload.Form;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The telling part of a document: what differs from one that passes everything, in its place.
 *
 * @param language as a fenced block names it
 * @param unset whether it tells of a field that is missing
 */
record Excerpt(String language, String text, boolean unset) {
    private static final String UNSET = "~unset~";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** What a fixture has that its form's base has not; the whole of a text that is no tree; null where it is the base. */
    static @Nullable Excerpt of(Fixture fixture) {
        if (!isTree(fixture)) {
            return new Excerpt(
                    fixture.form() == Form.DOCKERFILE ? "dockerfile" : "text", withoutHeader(fixture.text()), false);
        }
        JsonNode changed = hasBase(fixture.form())
                ? changed(FixtureFolder.base(fixture.form()), fixture.document(), false)
                : fixture.document();
        if (changed == null && fixture.header().image() != null) {
            changed = changed(withoutImage(fixture.form()), fixture.document(), false);
        }
        return changed == null ? null : render(fixture, changed);
    }

    /** Where nothing differs but what is known of the image, its name is what tells. */
    private static ObjectNode withoutImage(Form form) {
        ObjectNode base = FixtureFolder.base(form);
        base.remove("Image");
        if (base.at("/spec/containers/0") instanceof ObjectNode container) {
            container.remove("image");
        }
        if (base.at("/services/web") instanceof ObjectNode service) {
            service.remove("image");
        }
        return base;
    }

    /** What the base has in the place where a fixture differs from it. */
    static @Nullable Excerpt ofBase(Fixture fixture) {
        if (!isTree(fixture) || !hasBase(fixture.form())) {
            return null;
        }
        JsonNode changed = changed(fixture.document(), FixtureFolder.base(fixture.form()), false);
        return changed == null ? null : render(fixture, changed);
    }

    int lines() {
        return (int) text.lines().count();
    }

    String fenced() {
        return "```" + language + "\n" + text.stripTrailing() + "\n```\n";
    }

    private static boolean isTree(Fixture fixture) {
        String name = fixture.file().toString();
        return name.endsWith(".yaml") || name.endsWith(".json");
    }

    private static boolean hasBase(Form form) {
        return Files.exists(FixtureFolder.baseFile(form));
    }

    private static String withoutHeader(String text) {
        return text.lines().dropWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    private static @Nullable JsonNode changed(@Nullable JsonNode was, JsonNode is, boolean element) {
        if (is.equals(was)) {
            return null;
        }
        if (is instanceof ObjectNode object && was instanceof ObjectNode before) {
            return members(before, object, element);
        }
        if (is instanceof ArrayNode array && was instanceof ArrayNode before && ofObjects(array)) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                JsonNode changed = changed(before.get(i), array.get(i), true);
                if (changed != null) {
                    kept.add(changed);
                }
            }
            return kept.isEmpty() ? is : kept;
        }
        return is;
    }

    private static ObjectNode members(ObjectNode was, ObjectNode is, boolean element) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        if (element && is.has("name")) {
            kept.set("name", is.get("name"));
        }
        is.forEachEntry((key, value) -> {
            JsonNode changed = changed(was.get(key), value, false);
            if (changed != null) {
                kept.set(key, changed);
            }
        });
        was.propertyStream()
                .filter(member -> !is.has(member.getKey()))
                .forEach(member -> kept.putNull(UNSET + member.getKey()));
        return kept;
    }

    private static boolean ofObjects(ArrayNode array) {
        return array.valueStream().allMatch(JsonNode::isObject);
    }

    private static Excerpt render(Fixture fixture, JsonNode tree) {
        boolean json = fixture.file().toString().endsWith(".json");
        String plain = json ? JSON.writeValueAsString(tree) : yaml(tree);
        String text = json
                ? plain.replaceAll("\"" + UNSET + "([^\"]+)\" : null,?", "// \"$1\" is not set")
                : plain.replaceAll(UNSET + "(\\S+): null", "# $1 is not set");
        boolean unset = !text.equals(plain);
        return new Excerpt(json ? unset ? "jsonc" : "json" : "yaml", text, unset);
    }

    private static String yaml(JsonNode tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setWidth(200);
        Map<?, ?> values = JSON.convertValue(tree, Map.class);
        return new Yaml(options).dump(values);
    }

    /** The shortest of several fixtures, those first that everybody meets; null where there is none to show. */
    static @Nullable Fixture shortest(List<Fixture> fixtures) {
        return fixtures.stream()
                .filter(fixture -> of(fixture) != null)
                .min(Comparator.comparing(
                                (Fixture fixture) -> !fixture.criterion().equals(Criterion.HARDENED))
                        .thenComparing(fixture -> !fixture.header().levels().isEmpty())
                        .thenComparing(fixture ->
                                !fixture.file().getFileName().toString().startsWith("unset."))
                        .thenComparingInt(
                                fixture -> Objects.requireNonNull(of(fixture)).lines())
                        .thenComparingInt(fixture ->
                                Objects.requireNonNull(of(fixture)).text().length())
                        .thenComparing(Fixture::toString))
                .orElse(null);
    }
}
