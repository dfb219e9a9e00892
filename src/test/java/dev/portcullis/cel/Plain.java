package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A value as the oracle writes it: as JSON, or as Go prints it where there is none. */
final class Plain {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Plain() {}

    static JsonNode of(Object value) {
        return switch (value) {
            case NullValue _ -> JSON.nullNode();
            case Boolean truth -> JSON.booleanNode(truth);
            case Long number ->
                number < 1L << 53 && number > -(1L << 53)
                        ? JSON.numberNode((double) number)
                        : JSON.stringNode(number.toString());
            case UnsignedLong number ->
                number.longValue() >= 0 && number.longValue() < 1L << 53
                        ? JSON.numberNode(number.doubleValue())
                        : JSON.stringNode(number.toString());
            case Double number ->
                Double.isNaN(number) || Double.isInfinite(number)
                        ? JSON.stringNode(Numbers.text(number))
                        : JSON.numberNode(number);
            case String text -> JSON.stringNode(text);
            case CelByteString bytes -> JSON.stringNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Moment moment -> JSON.stringNode(moment.toString());
            case Duration duration -> JSON.stringNode(Times.text(duration));
            case TypeType type -> JSON.stringNode(Types.name(type));
            case Optional<?> optional -> optional.isPresent() ? of(optional.get()) : JSON.stringNode("<nil>");
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> JSON.stringNode(value.toString());
        };
    }

    private static ArrayNode list(List<?> list) {
        ArrayNode array = JSON.arrayNode();
        list.forEach(element -> array.add(of(element)));
        return array;
    }

    private static ObjectNode map(Map<?, ?> map) {
        ObjectNode object = JSON.objectNode();
        map.forEach((key, value) -> object.set(String.valueOf(key), of(value)));
        return object;
    }

    /** The oracle's answer with all numbers as doubles, as above. */
    static JsonNode of(JsonNode answer) {
        return switch (answer) {
            case ArrayNode array -> {
                ArrayNode copy = JSON.arrayNode();
                array.forEach(element -> copy.add(of(element)));
                yield copy;
            }
            case ObjectNode object -> {
                ObjectNode copy = JSON.objectNode();
                object.forEachEntry((name, value) -> copy.set(name, of(value)));
                yield copy;
            }
            default -> answer.isNumber() ? JSON.numberNode(answer.doubleValue()) : answer;
        };
    }
}
