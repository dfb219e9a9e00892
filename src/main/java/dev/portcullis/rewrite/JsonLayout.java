package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Finds the nodes of a JSON text that has been read before, and so is within the reader's limits. */
final class JsonLayout {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String ENDS = ",]} \t\r\n";

    private final String text;
    private final JsonParser parser;

    private JsonLayout(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /**
     * The root.
     *
     * @throws tools.jackson.core.JacksonException where the text is no JSON
     */
    static Node read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new JsonLayout(text, parser).node(parser.nextToken());
        }
    }

    private Node node(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            default -> scalar();
        };
    }

    private Node mapping() {
        int start = start();
        List<Node.Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.getString();
            Node key = scalar();
            entries.add(new Node.Entry(key, name, node(parser.nextToken())));
        }
        return new Node.Mapping(start, start() + 1, null, false, true, entries);
    }

    private Node sequence() {
        int start = start();
        List<Node> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(node(token));
        }
        return new Node.Sequence(start, start() + 1, null, false, true, elements);
    }

    private Node scalar() {
        int start = start();
        boolean quoted = text.charAt(start) == '"';
        int end = start + 1;
        while (end < text.length() && (quoted ? text.charAt(end) != '"' : ENDS.indexOf(text.charAt(end)) < 0)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return new Node.Scalar(
                start, quoted ? end + 1 : end, null, false, quoted ? Node.Quoting.DOUBLE : Node.Quoting.PLAIN);
    }

    private int start() {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    }
}
