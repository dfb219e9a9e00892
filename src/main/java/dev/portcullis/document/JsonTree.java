package dev.portcullis.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the tree of one JSON text from its tokens; the recursion is as deep as the nesting, which is limited. */
final class JsonTree {
    /** The powers of ten that a decimal may carry: past them its plain text would grow without bound. */
    private static final int MAX_SCALE = 2_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final byte[] text;
    private final @Nullable Cursor cursor;

    JsonTree(JsonParser parser, byte[] text, @Nullable Cursor cursor) {
        this.parser = parser;
        this.text = text;
        this.cursor = cursor;
    }

    Document read() throws UnreadableException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new UnreadableException("the text is empty", null, "send one JSON value");
        }
        Place place = place();
        JsonNode root = value(token, place);
        if (parser.nextToken() != null) {
            throw new UnreadableException("a second value after the first", here(), "send one JSON value");
        }
        return new Document(root, place == null ? Positions.none() : place);
    }

    private JsonNode value(JsonToken token, @Nullable Place place) throws UnreadableException {
        return switch (token) {
            case START_OBJECT -> object(place);
            case START_ARRAY -> array(place);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new UnreadableException("unexpected " + token, here(), "correct the text there");
        };
    }

    private ObjectNode object(@Nullable Place place) throws UnreadableException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Position keyPosition = cursor == null ? null : position(cursor);
            JsonToken token = parser.nextToken();
            Place child = cursor == null || keyPosition == null ? null : new Place(position(cursor), keyPosition);
            if (place != null && child != null) {
                place.member(name, child);
            }
            if (object.replace(name, value(token, child)) != null) {
                throw duplicate(name, keyPosition);
            }
        }
        return object;
    }

    private ArrayNode array(@Nullable Place place) throws UnreadableException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Place child = place();
            if (place != null && child != null) {
                place.element(child);
            }
            array.add(value(token, child));
        }
        return array;
    }

    private JsonNode integer() throws UnreadableException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> bigInteger(parser.getBigIntegerValue());
        };
    }

    private JsonNode bigInteger(BigInteger integer) throws UnreadableException {
        if (Double.isInfinite(integer.doubleValue())) {
            throw unusable();
        }
        return NODES.numberNode(integer);
    }

    private JsonNode decimal() throws UnreadableException {
        if (!Double.isFinite(parser.getDoubleValue())) {
            throw unusable();
        }
        try {
            BigDecimal decimal = parser.getDecimalValue();
            if (Math.abs((long) decimal.scale()) <= MAX_SCALE) {
                return NODES.numberNode(decimal);
            }
        } catch (NumberFormatException e) {
            // An exponent that BigDecimal cannot hold, of a number so small that it is zero as a double.
        }
        throw unusable();
    }

    private UnreadableException duplicate(String name, @Nullable Position keyPosition) throws UnreadableException {
        if (keyPosition == null) {
            // Keeping the place of every key would cost each good text; a bad one is read again for it.
            Json.readWithPositions(text);
        }
        return new UnreadableException(
                "the key " + UnreadableException.quoted(name) + " stands twice in one object",
                keyPosition,
                "keep one of them");
    }

    private UnreadableException unusable() {
        return new UnreadableException("a number that no double can hold", here(), "write a smaller exponent");
    }

    private @Nullable Place place() {
        return cursor == null ? null : new Place(position(cursor));
    }

    private Position position(Cursor from) {
        return from.advance(parser.currentTokenLocation().getByteOffset());
    }

    private Position here() {
        return Cursor.at(text, parser.currentTokenLocation().getByteOffset());
    }
}
