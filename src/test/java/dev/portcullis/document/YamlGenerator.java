package dev.portcullis.document;

import java.util.List;
import java.util.Random;

/** Random YAML in the manner of manifests: odd scalars in odd styles, flow and block collections, anchors, merge keys. */
final class YamlGenerator {
    private static final List<String> KEYS = List.of(
            "name",
            "image",
            "privileged",
            "runAsUser",
            "containers",
            "securityContext",
            "y",
            "on",
            "no",
            "1",
            "0x1",
            "1.5",
            "1e6",
            "\"quoted key\"",
            "'it''s'",
            "<<x",
            "a.b/c",
            "!!str 5",
            "-k",
            "~",
            "2001-01-01",
            "é",
            "?k",
            "k k",
            "null",
            ".inf");
    private static final List<String> SCALARS = List.of(
            "yes",
            "No",
            "ON",
            "off",
            "TRUE",
            "y",
            "N",
            "~",
            "null",
            "",
            "0",
            "-0",
            "+7",
            "0644",
            "0o17",
            "0x1F",
            "0b11",
            "-0b1",
            "1_000",
            "1:30",
            "089",
            "1e3",
            "1.",
            ".5",
            "-.5e-7",
            "1e21",
            "1e20",
            "1e400",
            "3.0",
            "12345678901234567890",
            "99999999999999999999",
            "9007199254740993",
            ".inf",
            "-.INF",
            ".nan",
            "2001-01-01",
            "2001-12-14 21:59:43.10",
            "10Mi",
            "500m",
            "nginx:1.25",
            "http://x:80/y?z=1#f",
            "-v",
            "--flag=x",
            "a # b",
            "a#b",
            "=",
            "<<",
            "x:y",
            "::",
            "?x",
            "!!str yes",
            "!!int \"7\"",
            "!!int x",
            "!!float 1",
            "!!bool on",
            "!!null ~",
            "!!binary aGk=",
            "!local 1",
            "! 1",
            "*/5",
            "@x",
            "`x`",
            "%x",
            "&x",
            "x, y",
            "[x",
            "{x",
            "\"\"",
            "''",
            "é\uD83D\uDE00",
            "\u00a0",
            "x\u0085y",
            "\\x41");
    private static final List<String> ESCAPED = List.of(
            "\\n", "\\x41", "\\u00e9", "\\\"", "\\\\", "\\t", " ", "x", "#", ": ", "'", "é", "\\0", "\\_", "\\\n  ",
            "\n\n  ", "\n  ");
    private static final int MAX_DEPTH = 4;

    private final Random random;
    private int anchors;

    YamlGenerator(long seed) {
        random = new Random(seed);
    }

    String document() {
        anchors = 0;
        String head = oneIn(20) ? "--- # start\n" : oneIn(20) ? "# comment\n\n" : "";
        String body = oneIn(10) ? scalar(0) + "\n" : oneIn(3) ? sequence(0, 0) : mapping(0, 0);
        return head + body + (oneIn(20) ? "...\n" : oneIn(20) ? "# end" : "");
    }

    private String mapping(int indent, int depth) {
        StringBuilder out = new StringBuilder();
        int members = 1 + random.nextInt(4);
        for (int i = 0; i < members; i++) {
            // A number behind most keys, so that few documents fall to a key that stands twice.
            String key = oneIn(4) ? pick(KEYS) : "k" + i;
            if (oneIn(25)) {
                out.append(pad(indent))
                        .append("? ")
                        .append(key)
                        .append('\n')
                        .append(pad(indent))
                        .append(":");
            } else if (oneIn(25) && anchors > 0) {
                key = "<<";
                out.append(pad(indent)).append("<<:");
            } else {
                out.append(pad(indent)).append(key).append(oneIn(30) ? " :" : ":");
            }
            out.append(value(indent, depth, key.equals("<<")));
            if (oneIn(15)) {
                out.append(pad(random.nextInt(6))).append("# comment: [\n");
            }
        }
        return out.toString();
    }

    private String sequence(int indent, int depth) {
        StringBuilder out = new StringBuilder();
        int elements = 1 + random.nextInt(3);
        for (int i = 0; i < elements; i++) {
            out.append(pad(indent)).append('-');
            if (depth < MAX_DEPTH && oneIn(3)) {
                out.append(' ').append(mapping(indent + 2, depth + 1).substring(indent + 2));
            } else {
                out.append(value(indent, depth, false));
            }
        }
        return out.toString();
    }

    /** What follows a colon or dash, up to the line's end and beyond. */
    private String value(int indent, int depth, boolean merge) {
        if (merge || (anchors > 0 && oneIn(20))) {
            return " *a" + (1 + random.nextInt(anchors)) + "\n";
        }
        String anchor = oneIn(12) ? " &a" + ++anchors : "";
        boolean leaf = depth >= MAX_DEPTH;
        return switch (leaf ? 3 + random.nextInt(5) : random.nextInt(8)) {
            case 0 -> anchor + "\n" + mapping(indent + 1 + random.nextInt(3), depth + 1);
            case 1 -> anchor + "\n" + sequence(indent + 1 + random.nextInt(2), depth + 1);
            case 2 -> anchor + (oneIn(8) ? " !!map" : "") + "\n" + mapping(indent + 2, depth + 1);
            case 3 -> anchor + " " + flow(0) + "\n";
            case 4 -> anchor + " " + block(indent);
            default -> anchor + " " + scalar(indent) + (oneIn(10) ? " # why" : "") + "\n";
        };
    }

    private String scalar(int indent) {
        return switch (random.nextInt(6)) {
            case 0 -> "'" + pick(SCALARS).replace("'", "''") + (oneIn(6) ? "\n" + pad(indent + 1) + "x" : "") + "'";
            case 1 -> "\"" + pick(ESCAPED) + pick(ESCAPED) + pick(ESCAPED) + "\"";
            case 2 -> oneIn(4) ? "two\n" + pad(indent + 2) + "lines" : pick(SCALARS);
            default -> pick(SCALARS);
        };
    }

    private String block(int indent) {
        String lead = pad(indent + 2);
        StringBuilder out = new StringBuilder(pick(List.of("|", ">", "|-", ">-", "|+", ">+", "|2", ">2-", "| # c")));
        out.append('\n');
        int lines = 1 + random.nextInt(4);
        for (int i = 0; i < lines; i++) {
            out.append(pick(List.of(lead, lead, lead, lead + "  ", "\n" + lead)))
                    .append(pick(List.of("x", "# no comment", "a: b", "- c", "'", "\"", "end \n" + lead + "y", "---")))
                    .append('\n');
        }
        return out.append(oneIn(6) ? "\n" : "").toString();
    }

    private String flow(int depth) {
        if (depth >= 2 || oneIn(4)) {
            return scalar(8);
        }
        StringBuilder out = new StringBuilder();
        boolean map = random.nextBoolean();
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            out.append(i == 0 ? "" : pick(List.of(", ", ",", " ,\n          ")));
            if (map || oneIn(10)) {
                out.append(oneIn(4) ? pick(KEYS) : "f" + i).append(pick(List.of(": ", ": ", ": ", ":", " : ")));
            }
            out.append(flow(depth + 1));
        }
        String comma = members > 0 && oneIn(10) ? "," : "";
        return map ? "{" + out + comma + "}" : "[" + out + comma + "]";
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String pad(int indent) {
        return " ".repeat(indent);
    }
}
