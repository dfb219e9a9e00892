package dev.portcullis.document;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns the nodes of one YAML document into a tree as its dialect says: aliases, merge keys, key types. */
final class YamlTree {
    /** The values that aliases may add to a document; Kubernetes' reader stops at 400,000. */
    static final int MAX_ALIASED = 100_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The document itself counts as one. */
    private int read = 1;

    private final YamlDialect dialect;
    private int aliased;
    private int aliasDepth;

    private YamlTree(YamlDialect dialect) {
        this.dialect = dialect;
    }

    static Document read(YamlNode root, YamlDialect.Choice choice) throws UnreadableException {
        Place place = place(root);
        return new Document(new YamlTree(choice.of(rootKeys(root))).value(root, place, 0), place);
    }

    private static Set<String> rootKeys(YamlNode root) {
        Set<String> keys = new HashSet<>();
        if (root instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                if (entry.key() instanceof YamlNode.Scalar key) {
                    keys.add(key.value());
                }
            }
        }
        return keys;
    }

    private JsonNode value(YamlNode node, Place place, int depth) throws UnreadableException {
        count(node);
        return switch (node) {
            case YamlNode.Scalar scalar -> YamlScalar.value(scalar, dialect);
            case YamlNode.Sequence sequence -> array(sequence, place, depth);
            case YamlNode.Mapping mapping -> {
                ObjectNode object = NODES.objectNode();
                into(object, mapping, place, depth);
                yield object;
            }
            case YamlNode.Alias alias -> {
                aliasDepth++;
                JsonNode repeated = value(alias.target(), place, depth);
                aliasDepth--;
                yield repeated;
            }
        };
    }

    private ArrayNode array(YamlNode.Sequence sequence, Place place, int depth) throws UnreadableException {
        requireDepth(sequence, depth);
        ArrayNode array = NODES.arrayNode(sequence.elements().size());
        for (YamlNode element : sequence.elements()) {
            array.add(value(element, place.element(place(element)), depth + 1));
        }
        return array;
    }

    private void into(ObjectNode object, YamlNode.Mapping mapping, Place place, int depth) throws UnreadableException {
        if (dialect == YamlDialect.COMPOSE) {
            fillOverriding(object, mapping, place, depth);
        } else {
            fill(object, mapping, place, depth);
        }
    }

    private void fill(ObjectNode object, YamlNode.Mapping mapping, Place place, int depth) throws UnreadableException {
        requireDepth(mapping, depth);
        for (YamlNode.Entry entry : mapping.entries()) {
            if (isMerge(entry.key())) {
                merge(object, entry.value(), place, depth);
            } else {
                member(object, entry, place, depth);
            }
        }
    }

    /** Own keys first, so that what is merged fills only what they leave out. */
    private void fillOverriding(ObjectNode object, YamlNode.Mapping mapping, Place place, int depth)
            throws UnreadableException {
        requireDepth(mapping, depth);
        Set<String> own = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!isMerge(entry.key())) {
                String key = key(entry.key());
                if (!own.add(key)) {
                    throw twice(entry, key);
                }
                if (!object.has(key)) {
                    member(object, entry, place, depth);
                }
            }
        }
        for (YamlNode.Entry entry : mapping.entries()) {
            if (isMerge(entry.key())) {
                List<YamlNode> sources = sources(entry.value());
                for (YamlNode source : sources) {
                    mergeOne(object, source, place, depth);
                }
            }
        }
    }

    private static List<YamlNode> sources(YamlNode merged) {
        YamlNode node = merged instanceof YamlNode.Alias alias ? alias.target() : merged;
        return node instanceof YamlNode.Sequence sequence ? sequence.elements() : List.of(merged);
    }

    private void member(ObjectNode object, YamlNode.Entry entry, Place place, int depth) throws UnreadableException {
        String key = key(entry.key());
        Position at = position(entry.key());
        Place child = new Place(isAbsent(entry.value()) ? at : position(entry.value()), at, tag(entry.value()));
        if (object.replace(key, value(entry.value(), child, depth + 1)) != null) {
            throw twice(entry, key);
        }
        place.member(key, child);
    }

    private UnreadableException twice(YamlNode.Entry entry, String key) {
        return new UnreadableException(
                "the key " + UnreadableException.quoted(key)
                        + (aliasDepth > 0 ? " of a merged mapping stands twice" : " stands twice in one mapping"),
                entry.key().position(),
                "keep one of them");
    }

    private static @Nullable String tag(YamlNode node) {
        String tag = node instanceof YamlNode.Alias alias ? alias.target().tag() : node.tag();
        return tag != null && tag.length() > 1 && tag.startsWith("!") ? tag : null;
    }

    private String key(YamlNode node) throws UnreadableException {
        count(node);
        return switch (node) {
            case YamlNode.Scalar scalar -> YamlScalar.key(scalar, dialect);
            case YamlNode.Alias(YamlNode.Scalar target, var _) -> {
                aliasDepth++;
                count(target);
                aliasDepth--;
                yield YamlScalar.key(target, dialect);
            }
            default ->
                throw new UnreadableException("a key that is no scalar", node.position(), "write the key as a string");
        };
    }

    private static boolean isMerge(YamlNode key) {
        return key instanceof YamlNode.Scalar scalar
                && scalar.value().equals("<<")
                && (scalar.implicit() || YamlScalar.MERGE.equals(scalar.tag()));
    }

    private void merge(ObjectNode object, YamlNode source, Place place, int depth) throws UnreadableException {
        if (source instanceof YamlNode.Sequence sequence) {
            // From the last to the first, as Kubernetes' reader goes; a key that two of them hold is refused like any
            // other.
            for (YamlNode element : sequence.elements().reversed()) {
                mergeOne(object, element, place, depth);
            }
        } else {
            mergeOne(object, source, place, depth);
        }
    }

    private void mergeOne(ObjectNode object, YamlNode source, Place place, int depth) throws UnreadableException {
        count(source);
        switch (source) {
            case YamlNode.Mapping mapping -> into(object, mapping, place, depth);
            case YamlNode.Alias(YamlNode.Mapping mapping, var _) -> {
                aliasDepth++;
                count(mapping);
                into(object, mapping, place, depth);
                aliasDepth--;
            }
            default ->
                throw new UnreadableException(
                        "the merge key << without a mapping", source.position(), "give it an alias of a mapping");
        }
    }

    /** Counts as Kubernetes' reader does, which refuses documents made up of aliases by 99 in 100. */
    private void count(YamlNode node) throws UnreadableException {
        read++;
        if (aliasDepth > 0) {
            aliased++;
        }
        if (aliased > MAX_ALIASED || (aliased > 100 && read > 1_000 && aliased > 0.99 * read)) {
            throw new UnreadableException(
                    "aliases repeat too much of the document",
                    node.position(),
                    "write the values out; at most " + MAX_ALIASED + " may come from aliases");
        }
    }

    private static void requireDepth(YamlNode node, int depth) throws UnreadableException {
        if (depth >= Json.MAX_DEPTH) {
            throw new UnreadableException(
                    "nesting over " + Json.MAX_DEPTH, node.position(), "nest at most " + Json.MAX_DEPTH + " levels");
        }
    }

    private static boolean isAbsent(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.absent();
    }

    private static Place place(YamlNode node) {
        Position position = position(node);
        return new Place(position, position, tag(node));
    }

    private static Position position(YamlNode node) {
        return node instanceof YamlNode.Alias alias ? alias.target().position() : node.position();
    }
}
