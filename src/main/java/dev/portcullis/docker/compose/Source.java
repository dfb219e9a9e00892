package dev.portcullis.docker.compose;

import dev.portcullis.document.Document;
import dev.portcullis.document.Positions;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.document.YamlDialect;
import dev.portcullis.workload.FieldPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One text of a project, and the variables that are put into it.
 *
 * @param name what tells it from others in an extension's chain
 * @param path what the paths of its values begin with: the root for the file that is judged, the file's name for others
 * @param location null where nothing around it may be read
 */
record Source(
        String name,
        JsonNode root,
        Positions tags,
        FieldPath path,
        Surroundings.@Nullable Location location,
        Variables variables) {
    /** The file that is judged. */
    static Source main(JsonNode root, Positions tags, Surroundings.@Nullable Location location)
            throws ComposeException {
        return new Source("", root, tags, FieldPath.ROOT, location, variables(location, FieldPath.ROOT));
    }

    /**
     * Another file.
     *
     * @param file as it is named at {@code from}
     */
    static Source of(String file, Surroundings.Location location, Variables variables, FieldPath from)
            throws ComposeException {
        try {
            List<Document> documents =
                    new ArrayList<>(Yaml.readEach(location.read(file), 1, keys -> YamlDialect.COMPOSE).stream()
                            .map(Source::document)
                            .toList());
            if (documents.size() != 1 || documents.getFirst() == null) {
                throw new ComposeException(
                        from, "names " + ComposeException.quoted(file) + ", which is empty", "fill it");
            }
            Document document = documents.getFirst();
            return new Source(
                    file,
                    document.root(),
                    document.positions(),
                    FieldPath.ROOT.child(file),
                    location.beside(file),
                    variables);
        } catch (IOException | UnreadableException | IllegalArgumentException e) {
            throw new ComposeException(
                    from,
                    "names " + ComposeException.quoted(file) + ", which cannot be read (" + e.getMessage() + ")",
                    "correct the name or the file");
        }
    }

    private static Document document(Yaml.Result result) {
        return switch (result) {
            case Yaml.Read read -> read.document();
            case Yaml.Unread unread ->
                throw new IllegalArgumentException(unread.error().getMessage());
        };
    }

    private static Variables variables(Surroundings.@Nullable Location location, FieldPath from)
            throws ComposeException {
        return new Variables(location == null ? null : environment(location, from));
    }

    static Map<String, String> environment(Surroundings.Location location, FieldPath from) throws ComposeException {
        try {
            return location.environment();
        } catch (IOException e) {
            throw new ComposeException(
                    from, "has a .env beside it that cannot be read", String.valueOf(e.getMessage()));
        }
    }

    /** A part of the text with its variables put in. */
    Value value(JsonNode node, FieldPath at) throws ComposeException {
        Value value = untagged(node, at);
        String pointer = at.pointer();
        String own = pointer.substring(path.pointer().length());
        return value.tagged(tags.tagOf(own));
    }

    private Value untagged(JsonNode node, FieldPath at) throws ComposeException {
        if (node.isNull()) {
            return Value.nothing(at);
        }
        if (node.isArray()) {
            List<Value> elements = new ArrayList<>(node.size());
            for (int i = 0; i < node.size(); i++) {
                Value element = value(node.get(i), at.index(i));
                if (!element.isReset()) {
                    elements.add(element);
                }
            }
            return Value.list(at, elements);
        }
        if (node.isObject()) {
            Map<String, Value> members = LinkedHashMap.newLinkedHashMap(node.size());
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (member.getKey().equals("<<")) {
                    throw new ComposeException(
                            at.child("<<"), "is a merge key, which JSON has not", "write the values out");
                }
                Value value = value(member.getValue(), at.child(member.getKey()));
                members.put(
                        member.getKey(),
                        value.isReset() ? Value.nothing(value.path()).tagged("!reset") : value);
            }
            return Value.mapping(at, members, null);
        }
        return node.isString() ? variables.substitute(at, node.stringValue()) : Value.scalar(at, node, node.toString());
    }
}
