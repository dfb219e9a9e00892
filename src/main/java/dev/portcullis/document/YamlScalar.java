package dev.portcullis.document;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a YAML scalar means to {@code sigs.k8s.io/yaml}: the rules of {@code go.yaml.in/yaml/v2}'s {@code resolve}, then of
 * its conversion to JSON. No tag makes anything but a string, number, boolean or null.
 */
final class YamlScalar {
    private static final String PREFIX = "tag:yaml.org,2002:";
    static final String MERGE = PREFIX + "merge";
    private static final String BINARY = PREFIX + "binary";
    private static final String TIMESTAMP = PREFIX + "timestamp";
    private static final String FLOAT = PREFIX + "float";
    private static final String INT = PREFIX + "int";
    private static final String BOOL = PREFIX + "bool";
    private static final String NULL = PREFIX + "null";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<String, JsonNode> WORDS = words();
    private static final Pattern FLOATING = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    /** Where Go's {@code ParseFloat} lets no underscore stand: anywhere but between two digits. */
    private static final Pattern UNDERSCORED = Pattern.compile("(?<![0-9])_|_(?![0-9])");

    private static final Pattern DATE = Pattern.compile(
            "([0-9]{4})-([0-9]{2})-([0-9]{2})([Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z)?");

    private YamlScalar() {}

    private static Map<String, JsonNode> words() {
        Map<String, JsonNode> words = new HashMap<>();
        for (String word : new String[] {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}) {
            words.put(word, NODES.booleanNode(true));
        }
        for (String word : new String[] {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}) {
            words.put(word, NODES.booleanNode(false));
        }
        for (String word : new String[] {"", "~", "null", "Null", "NULL"}) {
            words.put(word, NODES.nullNode());
        }
        for (String word : new String[] {"inf", "Inf", "INF"}) {
            words.put("." + word, NODES.numberNode(Double.POSITIVE_INFINITY));
            words.put("+." + word, NODES.numberNode(Double.POSITIVE_INFINITY));
            words.put("-." + word, NODES.numberNode(Double.NEGATIVE_INFINITY));
        }
        for (String word : new String[] {".nan", ".NaN", ".NAN"}) {
            words.put(word, NODES.numberNode(Double.NaN));
        }
        return Map.copyOf(words);
    }

    /** The scalar as a JSON value. */
    static JsonNode value(YamlNode.Scalar scalar, YamlDialect dialect) throws UnreadableException {
        JsonNode node = resolve(scalar, dialect);
        if (!node.isDouble()) {
            return node;
        }
        if (!Double.isFinite(node.doubleValue())) {
            throw unreadable(scalar, "a number that JSON lacks", "write a finite number, or quote the text");
        }
        return GoNumber.asJson(node.doubleValue());
    }

    /** The scalar as a JSON object's key. */
    static String key(YamlNode.Scalar scalar, YamlDialect dialect) throws UnreadableException {
        JsonNode node = resolve(scalar, dialect);
        if (node.isDouble()) {
            return GoNumber.asKey(node.doubleValue());
        }
        if (node.isNull() || node.isBigInteger()) {
            throw unreadable(scalar, "a key that Kubernetes cannot read", "quote it");
        }
        return node.isString() ? node.stringValue() : node.toString();
    }

    /** Of the words for true and false only those that every dialect knows are more than text to Docker Compose. */
    private static JsonNode resolve(YamlNode.Scalar scalar, YamlDialect dialect) throws UnreadableException {
        JsonNode node = resolve(scalar);
        boolean text = dialect == YamlDialect.COMPOSE
                && scalar.tag() == null
                && node.isBoolean()
                && !scalar.value().equalsIgnoreCase(node.toString());
        return text ? NODES.stringNode(scalar.value()) : node;
    }

    /** Numbers are int or long, BigInteger from 2^63 to 2^64, or double. */
    private static JsonNode resolve(YamlNode.Scalar scalar) throws UnreadableException {
        String tag = scalar.tag();
        String value = scalar.value();
        if (tag == null) {
            return scalar.implicit() ? guess(value) : NODES.stringNode(value);
        }
        return switch (tag) {
            case BINARY -> binary(scalar);
            case TIMESTAMP -> timestamp(scalar);
            case INT, FLOAT, BOOL, NULL -> typed(scalar, tag);
            // !!str, and tags that Kubernetes' reader does not know: both leave the text as it is.
            default -> NODES.stringNode(value);
        };
    }

    private static JsonNode typed(YamlNode.Scalar scalar, String tag) throws UnreadableException {
        JsonNode node = guess(scalar.value());
        if (tag.equals(FLOAT) && (node.isInt() || node.isLong())) {
            return NODES.numberNode((double) node.longValue());
        }
        boolean fits = switch (tag) {
            case INT -> node.isIntegralNumber();
            case FLOAT -> node.isDouble();
            case BOOL -> node.isBoolean();
            default -> node.isNull();
        };
        if (!fits) {
            throw unreadable(scalar, "text that is no !!" + tag.substring(PREFIX.length()), "correct it, or its tag");
        }
        return node;
    }

    private static JsonNode guess(String value) {
        JsonNode word = WORDS.get(value);
        if (word != null) {
            return word;
        }
        char first = value.charAt(0);
        if (first == '.') {
            return UNDERSCORED.matcher(value).find() ? NODES.stringNode(value) : decimal(value.replace("_", ""), value);
        }
        if (first != '+' && first != '-' && (first < '0' || first > '9')) {
            return NODES.stringNode(value);
        }
        String plain = value.replace("_", "");
        BigInteger integer = GoNumber.integer(plain);
        if (integer == null) {
            return decimal(plain, value);
        }
        return GoNumber.node(integer);
    }

    /** A decimal that overflows is text to Kubernetes' reader. */
    private static JsonNode decimal(String plain, String value) {
        if (FLOATING.matcher(plain).matches()) {
            double number = Double.parseDouble(plain);
            if (Double.isFinite(number)) {
                return NODES.numberNode(number);
            }
        }
        return NODES.stringNode(value);
    }

    private static JsonNode binary(YamlNode.Scalar scalar) throws UnreadableException {
        try {
            String base64 = scalar.value().replaceAll("[\r\n]", "");
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("no padding");
            }
            byte[] bytes = Base64.getDecoder().decode(base64);
            return NODES.stringNode(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw unreadable(scalar, "!!binary text that is not base64 of UTF-8", "write the text as a string");
        }
    }

    private static JsonNode timestamp(YamlNode.Scalar scalar) throws UnreadableException {
        Matcher date = DATE.matcher(scalar.value());
        if (date.matches()) {
            try {
                LocalDate.of(
                        Integer.parseInt(date.group(1)),
                        Integer.parseInt(date.group(2)),
                        Integer.parseInt(date.group(3)));
                return NODES.stringNode(scalar.value());
            } catch (DateTimeException e) {
                // Falls to the refusal below.
            }
        }
        throw unreadable(scalar, "text that is no !!timestamp", "write it as a string, without the tag");
    }

    private static UnreadableException unreadable(YamlNode.Scalar scalar, String problem, String remedy) {
        return new UnreadableException(
                problem + ", " + UnreadableException.quoted(scalar.value()) + ",", scalar.position(), remedy);
    }
}
