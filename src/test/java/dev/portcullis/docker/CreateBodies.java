package dev.portcullis.docker;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes container-create bodies, some from scratch and some from recorded ones: spelled in odd ways, and, every other one,
 * with something wrong in them. The same seed makes the same bodies.
 */
final class CreateBodies {
    /** What is in a body that the decoder refuses although Go reads it. */
    enum Trap {
        DUPLICATE,
        SECOND_SPELLING,
        MISPLACED,
        LONE_SURROGATE,
        DEPTH,
        NUMBER,
        NO_OBJECT
    }

    record Body(String text, Set<Trap> traps) {}

    private static final List<String> TEXTS = List.of(
            "",
            "host",
            "container:x",
            "/:/host:ro,rshared",
            "seccomp=unconfined",
            "NET_ADMIN",
            "na\u00efve \u2603",
            "\\u00e9\\n\\\"\\\\\\/",
            "\\ud83d\\ude00",
            "64",
            "true");
    private static final List<String> PORTS = List.of(
            "80/tcp",
            "80",
            "0080/TCP",
            "65535/udp",
            "443/",
            "",
            "80/sctp/x",
            "81/\u017f\u212a\u0130\u03a3",
            "000000000000000000001",
            "65536",
            "-1/tcp",
            "+1",
            "8_0",
            "a/tcp",
            "80-90/tcp",
            "/tcp",
            " 80",
            "\u0663/tcp",
            "99999999999999999999");
    private static final List<String> ADDRESSES = List.of(
            "",
            "127.0.0.1",
            "0.0.0.0",
            "::",
            "::1",
            "::ffff:1.2.3.4",
            "fe80::1%eth0",
            "2001:DB8::0:1",
            "1::2:0:0:3:0:0",
            "0:0:0:0:0:0:0:0",
            "1:2:3:4:5:6:7::",
            "::%z%y",
            "64:ff9b::1.2.3.4",
            "1:2:3:4:5:6:1.2.3.4");
    private static final List<String> BAD_ADDRESSES = List.of(
            "127.1",
            "01.2.3.4",
            "256.1.1.1",
            "1.2.3.4.5",
            ":::",
            "1::2::3",
            "12345::",
            "::1%",
            "1:2:3:4:5:6:7:8::",
            "1:2:3:4:5:6:7",
            "[::1]",
            "1.2.3.4%eth0",
            "1:2:3:4:5:6:7:1.2.3.4",
            "localhost");
    private static final List<String> HARDWARE = List.of(
            "", "02:42:AC:11:00:02", "02-42-ac-11-00-02", "0242.ac11.0002", "0242ac110002", "02:42:ac:11:00:02:03:04");
    private static final List<String> BAD_HARDWARE =
            List.of("02:42", "02:42-ac:11:00:02", "0242ac11000g", "0242.ac110002");
    private static final List<String> ANYTHING = List.of(
            "null",
            "true",
            "0",
            "1",
            "-0",
            "1.5",
            "1e2",
            "\"x\"",
            "\"true\"",
            "\"64\"",
            "[]",
            "{}",
            "[1,\"a\"]",
            "{\"a\":{}}");
    private static final List<String> ODD_NUMBERS = List.of(
            "1.0", "1e2", "-0", "-0.0", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1E400");

    private final Random random;
    private final List<JsonNode> recorded;
    private final List<String> hostConfigFields;
    private final StringBuilder out = new StringBuilder();
    private final Set<Trap> traps = EnumSet.noneOf(Trap.class);
    private boolean hostile;

    CreateBodies(long seed, List<JsonNode> recorded) {
        this.random = new Random(seed);
        this.recorded = recorded;
        this.hostConfigFields = EngineTypes.HOST_CONFIG.fields().stream()
                .map(GoType.Field::name)
                .toList();
    }

    Body next() {
        out.setLength(0);
        traps.clear();
        hostile = random.nextBoolean();
        if (wrong(50)) {
            out.append(pick(ANYTHING));
            traps.add(Trap.NO_OBJECT);
        } else {
            JsonNode base = random.nextInt(5) < 2 ? pick(recorded) : null;
            struct(EngineTypes.CREATE, base, 0);
        }
        return new Body(finished(), Set.copyOf(traps));
    }

    private String finished() {
        String text = out.toString();
        if (wrong(25)) {
            return text + pick(List.of("{}", "x", "]", ",", " null", "\n\n", "\u00a0", "\u0000"));
        }
        if (wrong(25)) {
            return text.substring(0, random.nextInt(text.length() + 1));
        }
        return wrong(60) ? "\ufeff" + text : text;
    }

    private void value(GoType type, @Nullable JsonNode base, int depth) {
        if (wrong(150)) {
            out.append(pick(ANYTHING));
        } else if (base == null && random.nextInt(15) == 0) {
            out.append("null");
        } else {
            switch (type) {
                case GoType.Pointer pointer -> value(pointer.target(), base, depth);
                case GoType.Flag flag -> out.append(base == null ? random.nextBoolean() : base.toString());
                case GoType.Whole whole -> out.append(base == null ? number(whole) : base.toString());
                case GoType.Text text -> quote(base == null || base.isNull() ? text(text.form()) : base.asString());
                case GoType.Slice slice -> list(slice.element(), base, random.nextInt(3), depth);
                case GoType.Array array -> list(array.element(), base, random.nextInt(4), depth);
                case GoType.Mapping mapping -> map(mapping, base, depth);
                case GoType.Struct struct -> struct(struct, base, depth);
            }
        }
    }

    private String number(GoType.Whole type) {
        if (wrong(20)) {
            String number = pick(ODD_NUMBERS);
            if (number.equals("1E400")) {
                traps.add(Trap.NUMBER);
            }
            return number;
        }
        return switch (random.nextInt(6)) {
            case 0 -> type.most().toString();
            case 1 -> type.least().toString();
            case 2 -> wrong(2) ? type.most().add(BigInteger.ONE).toString() : "0";
            case 3 -> type.least().signum() < 0 ? pick(List.of("-1", "-0")) : "1";
            default -> Integer.toString(random.nextInt(1000));
        };
    }

    private String text(GoText form) {
        return switch (form) {
            case STRING -> {
                if (wrong(60)) {
                    traps.add(Trap.LONE_SURROGATE);
                    yield pick(List.of("\\ud800", "a\\udc00b", "\\ud800\\u0041", "\\udc00\\ud800"));
                }
                yield pick(TEXTS);
            }
            case PORT -> pick(hostile ? PORTS : PORTS.subList(0, 9));
            case ADDRESS -> !wrong(2) ? pick(ADDRESSES) : random.nextBoolean() ? pick(BAD_ADDRESSES) : scrambled();
            case HARDWARE_ADDRESS -> pick(wrong(2) ? BAD_HARDWARE : HARDWARE);
        };
    }

    private String scrambled() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i >= 0; i--) {
            text.append("01:f:.F%:9".charAt(random.nextInt(10)));
        }
        return text.toString();
    }

    private void list(GoType element, @Nullable JsonNode base, int made, int depth) {
        if (base != null && base.isNull()) {
            out.append("null");
            return;
        }
        int count = base == null ? made : base.size();
        out.append('[');
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : space() + ",");
            value(element, base == null ? null : base.get(i), depth + 1);
        }
        out.append(space()).append(']');
    }

    private void map(GoType.Mapping mapping, @Nullable JsonNode base, int depth) {
        if (base != null && base.isNull()) {
            out.append("null");
            return;
        }
        List<String> keys = new ArrayList<>();
        if (base != null) {
            keys.addAll(base.propertyNames());
        }
        for (int more = random.nextInt(3); more > 0; more--) {
            keys.add(text(mapping.key()));
        }
        Set<String> exact = new HashSet<>(keys);
        if (exact.size() < keys.size()) {
            traps.add(Trap.DUPLICATE);
        }
        if (mapping.key() == GoText.PORT) {
            traps.add(Trap.SECOND_SPELLING);
        }
        out.append('{');
        for (int i = 0; i < keys.size(); i++) {
            out.append(i == 0 ? "" : ",");
            quote(keys.get(i));
            out.append(space()).append(':');
            value(mapping.element(), base == null ? null : base.get(keys.get(i)), depth + 1);
        }
        out.append('}');
    }

    private void struct(GoType.Struct struct, @Nullable JsonNode base, int depth) {
        if (base != null && base.isNull()) {
            out.append("null");
            return;
        }
        List<GoType.Field> fields = new ArrayList<>(struct.fields());
        Collections.shuffle(fields, random);
        int kept = depth < 2 ? 6 + random.nextInt(10) : 5;
        boolean first = true;
        out.append('{');
        for (GoType.Field field : fields) {
            boolean structure = depth == 0 && field.name().endsWith("Config");
            boolean said = base != null && base.has(field.name());
            if (!said && !structure && (base != null ? random.nextInt(20) > 0 : --kept < 0)) {
                continue;
            }
            out.append(first ? "" : space() + ",");
            first = false;
            member(field, said && base != null ? base.get(field.name()) : null, depth);
        }
        oddities(struct, first, depth);
        out.append(space()).append('}');
    }

    private void member(GoType.Field field, @Nullable JsonNode base, int depth) {
        String key = spelled(field.name());
        quote(key);
        out.append(space()).append(':').append(space());
        value(field.type(), base, depth + 1);
        if (wrong(120)) {
            String again = random.nextBoolean() ? key : spelled(field.name().toLowerCase(Locale.ROOT));
            traps.add(Trap.DUPLICATE);
            traps.add(Trap.SECOND_SPELLING);
            out.append(',');
            quote(again);
            out.append(':');
            value(field.type(), null, depth + 1);
        }
    }

    /** Keys that mean no field here, and some that do somewhere else. */
    private void oddities(GoType.Struct struct, boolean first, int depth) {
        if (random.nextInt(8) > 0) {
            return;
        }
        String key = pick(hostConfigFields);
        if (struct.match(key) != null) {
            key = "X" + random.nextInt(100);
        } else if (depth == 0) {
            traps.add(Trap.MISPLACED);
            key = hostile ? key : "Runtime";
        }
        out.append(first ? "" : ",");
        quote(spelled(key));
        out.append(':');
        if (depth == 0 && !hostile) {
            out.append("null");
        } else if (wrong(20)) {
            traps.add(Trap.DEPTH);
            out.append("[".repeat(600)).append("]".repeat(600));
        } else if (wrong(20)) {
            traps.add(Trap.NUMBER);
            out.append(random.nextBoolean() ? "1".repeat(1_200) : "1e400");
        } else {
            out.append(pick(ANYTHING));
        }
    }

    private String spelled(String name) {
        return switch (random.nextInt(20)) {
            case 0 -> name.toLowerCase(Locale.ROOT);
            case 1 -> name.toUpperCase(Locale.ROOT);
            case 2 -> name.replace('s', '\u017f').replace('S', '\u017f');
            case 3 -> name.replace('k', '\u212a').replace('K', '\u212a');
            case 4 -> random.nextInt(6) > 0 ? name : name.replace('i', '\u0131').replace('I', '\u0130');
            case 5 -> "\\u%04x".formatted((int) name.charAt(0)) + name.substring(1);
            default -> name;
        };
    }

    /** Texts hold their own escapes. */
    private void quote(String text) {
        out.append('"').append(text).append('"');
    }

    private String space() {
        return random.nextInt(30) == 0 ? pick(List.of(" ", "\n", "\t", "\r\n")) : "";
    }

    private boolean wrong(int oneIn) {
        return hostile && random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
