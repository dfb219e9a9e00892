package dev.portcullis.document;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads one JSON text of UTF-8 (RFC 8259), strictly: no byte-order mark, no broken UTF-8 or lone surrogate, no key twice,
 * nothing after the value, nesting of at most 500, numbers of at most 1,000 digits that a double can hold. Integers and
 * decimals keep their exact value.
 */
public final class Json {
    static final int MAX_DEPTH = 500;
    static final int MAX_NUMBER_LENGTH = 1_000;
    private static final int MAX_NAME_LENGTH = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** The tree of a text, without positions. */
    public static JsonNode read(byte[] utf8) throws UnreadableException {
        return read(utf8, null).root();
    }

    /** The tree of a text and where each of its values stands. */
    public static Document readWithPositions(byte[] utf8) throws UnreadableException {
        return read(utf8, new Cursor(utf8));
    }

    /**
     * The string at a path of keys, the first of each, when it can be read before the text's first error: what an answer to
     * a broken text still needs. Builds no tree; empty where there is no such string.
     */
    public static Optional<String> peek(byte[] utf8, String... path) {
        try {
            Utf8.requireNoOtherEncoding(utf8);
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
                return parser.nextToken() == JsonToken.START_OBJECT ? peek(parser, path) : Optional.empty();
            }
        } catch (UnreadableException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> peek(JsonParser parser, String... path) {
        for (int depth = 0; ; ) {
            String name = parser.nextName();
            if (name == null) {
                return Optional.empty();
            }
            JsonToken value = parser.nextToken();
            if (!name.equals(path[depth])) {
                parser.skipChildren();
            } else if (++depth == path.length) {
                return value == JsonToken.VALUE_STRING
                        ? Optional.of(parser.getString()).filter(Utf8::isWellFormed)
                        : Optional.empty();
            } else if (value != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
        }
    }

    private static Document read(byte[] utf8, @Nullable Cursor cursor) throws UnreadableException {
        Utf8.requireNoOtherEncoding(utf8);
        Utf8.requireWellFormedJson(utf8);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            return new JsonTree(parser, utf8, cursor).read();
        } catch (StreamConstraintsException e) {
            throw new UnreadableException(
                    "over a limit of this reader (" + e.getOriginalMessage() + ")",
                    position(utf8, e.getLocation()),
                    "send a smaller value: nesting of at most " + MAX_DEPTH + ", numbers of at most "
                            + MAX_NUMBER_LENGTH + " digits");
        } catch (JacksonException e) {
            throw new UnreadableException(
                    "not JSON (" + e.getOriginalMessage() + ")",
                    position(utf8, e.getLocation()),
                    "correct the text there");
        }
    }

    private static @Nullable Position position(byte[] utf8, @Nullable TokenStreamLocation location) {
        return location == null || location.getByteOffset() < 0 ? null : Cursor.at(utf8, location.getByteOffset());
    }
}
