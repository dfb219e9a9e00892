package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Value;
import dev.portcullis.docker.compose.Value.Kind;
import dev.portcullis.workload.FieldPath;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** A struct of a create body that is filled from values of a compose file, each keeping the place it has there. */
final class ComposeBody {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Pattern SIZE = Pattern.compile("(-?[0-9]*+\\.?[0-9]*+) ?([bkmgtp]?)i?b?");
    private static final String UNITS = "bkmgtp";
    private static final int KIBI = 1024;

    private final GoType.Struct type;
    private final FieldPath path;
    private final @Nullable GoValue[] fields;

    ComposeBody(GoType type, FieldPath path) {
        this.type = (GoType.Struct) target(type);
        this.path = path;
        this.fields = new GoValue[this.type.fields().size()];
    }

    private static GoType target(GoType type) {
        return type instanceof GoType.Pointer pointer ? pointer.target() : type;
    }

    /** The type of a field. */
    GoType type(String field) {
        return target(type.fields().get(type.indexOf(field)).type());
    }

    /** The type of a list's elements or of a map's members. */
    GoType element(String field) {
        return switch (type(field)) {
            case GoType.Slice slice -> target(slice.element());
            case GoType.Mapping mapping -> target(mapping.element());
            default -> throw new IllegalArgumentException(field + " holds no others");
        };
    }

    ComposeBody set(String field, GoValue value) {
        fields[type.indexOf(field)] = value;
        return this;
    }

    GoValue build() {
        return GoValue.struct(type, path, NODES.objectNode(), fields);
    }

    ComposeBody text(String field, Value value) throws ComposeException {
        return set(field, text(type(field), value, value.text()));
    }

    /** A text that the engine gets in other words than the file has. */
    ComposeBody text(String field, Value value, String sent) throws ComposeException {
        return set(field, text(type(field), value, sent));
    }

    static GoValue text(GoType type, Value value, String sent) throws ComposeException {
        return switch (value.kind()) {
            case NOTHING -> GoValue.unset(type, value.path());
            case UNKNOWN -> GoValue.unknown(type, value.path(), String.valueOf(value.unknown()));
            case SCALAR -> GoValue.scalar(type, value.path(), NODES.stringNode(sent));
            default -> throw wrong(value, "a text");
        };
    }

    ComposeBody flag(String field, Value value) throws ComposeException {
        GoType type = type(field);
        return set(
                field,
                switch (value.kind()) {
                    case NOTHING -> GoValue.unset(type, value.path());
                    case UNKNOWN -> GoValue.unknown(type, value.path(), String.valueOf(value.unknown()));
                    default -> GoValue.scalar(type, value.path(), NODES.booleanNode(isTrue(value)));
                });
    }

    static boolean isTrue(Value value) throws ComposeException {
        return switch (value.text().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "on" -> true;
            case "false", "no", "n", "off" -> false;
            default -> {
                if (value.is(Kind.NOTHING) || value.is(Kind.UNKNOWN)) {
                    yield false;
                }
                throw wrong(value, "true or false");
            }
        };
    }

    ComposeBody number(String field, Value value) throws ComposeException {
        return number(field, value, value.is(Kind.SCALAR) ? whole(value) : 0);
    }

    /** A number that the engine gets in another unit than the file has. */
    ComposeBody number(String field, Value value, long sent) throws ComposeException {
        GoType type = type(field);
        return set(
                field,
                switch (value.kind()) {
                    case NOTHING -> GoValue.unset(type, value.path());
                    case UNKNOWN -> GoValue.unknown(type, value.path(), String.valueOf(value.unknown()));
                    case SCALAR -> GoValue.scalar(type, value.path(), NODES.numberNode(sent));
                    default -> throw wrong(value, "a number");
                });
    }

    static long whole(Value value) throws ComposeException {
        return value.is(Kind.SCALAR) ? scaled(value, 1) : 0;
    }

    /** A decimal in a smaller unit. */
    static long scaled(Value value, long unit) throws ComposeException {
        try {
            String text = value.text();
            if (text.length() > 40 || text.matches(".*[eE][+-]?[0-9]{3,}.*")) {
                throw wrong(value, "a number");
            }
            return new BigDecimal(text)
                    .multiply(BigDecimal.valueOf(unit))
                    .setScale(0, RoundingMode.DOWN)
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(value, "a number");
        }
    }

    /** Bytes, with one of the units b, k, m, g and their longer spellings, each 1024 of the one before. */
    static long bytes(Value value) throws ComposeException {
        if (!value.is(Kind.SCALAR)) {
            return 0;
        }
        Matcher size = SIZE.matcher(value.text().toLowerCase(Locale.ROOT));
        if (!size.matches()
                || !size.group(1).matches(".*[0-9].*")
                || size.group(1).length() > 30) {
            throw wrong(value, "a size, such as 256m");
        }
        BigDecimal bytes = new BigDecimal(size.group(1));
        for (int i = 0; i < UNITS.indexOf(size.group(2)); i++) {
            bytes = bytes.multiply(BigDecimal.valueOf(KIBI));
        }
        return bytes.setScale(0, RoundingMode.DOWN)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /** A list of texts. */
    ComposeBody texts(String field, Value list) throws ComposeException {
        List<GoValue> elements = new ArrayList<>();
        for (Value element : elements(list)) {
            elements.add(text(element(field), element, element.text()));
        }
        return list(field, list, elements);
    }

    /** A list whose elements are made. */
    ComposeBody list(String field, Value list, List<GoValue> elements) {
        GoType type = type(field);
        if (list.is(Kind.UNKNOWN)) {
            return set(field, GoValue.unknown(type, list.path(), String.valueOf(list.unknown())));
        }
        return set(
                field,
                elements.isEmpty()
                        ? GoValue.unset(type, list.path())
                        : GoValue.list(type, list.path(), NODES.arrayNode(), elements));
    }

    /** A map whose members are made. */
    ComposeBody map(String field, Value map, Map<String, GoValue> members) {
        GoType type = type(field);
        boolean hidden = map.is(Kind.UNKNOWN) || (!map.is(Kind.LIST) && members.isEmpty());
        String unknown = hidden ? map.unknown() : null;
        return set(
                field,
                unknown == null
                        ? GoValue.map(type, map.path(), NODES.objectNode(), members)
                        : GoValue.unknown(type, map.path(), unknown));
    }

    /** The elements of a list, one for a value that stands for a list of one. */
    static List<Value> elements(Value list) throws ComposeException {
        return switch (list.kind()) {
            case NOTHING, UNKNOWN -> List.of();
            case LIST -> list.elements();
            case SCALAR -> List.of(list);
            case MAPPING -> throw wrong(list, "a list");
        };
    }

    static ComposeException wrong(Value value, String wanted) {
        String state = switch (value.kind()) {
            case LIST -> "is a list";
            case MAPPING -> "is a mapping";
            case NOTHING -> "is empty";
            default -> "is " + ComposeException.quoted(value.text());
        };
        return new ComposeException(value.path(), state, "write " + wanted);
    }
}
