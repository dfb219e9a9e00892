package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random documents as people lay them out: indentation, comments, flow collections, block scalars, anchors, merge keys. */
final class LayoutGenerator {
    private static final List<String> SCALARS = List.of(
            "one", "7", "true", "'single'", "\"double\"", "nginx:1.29", "", "~", "null", "{}", "[]", "{ }", "a b c");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> anchors = new ArrayList<>();
    private final int step;
    private final int dash;
    private final boolean compose;
    private int named;

    private LayoutGenerator(long seed) {
        random = new Random(seed);
        step = 1 + random.nextInt(4);
        dash = random.nextBoolean() ? 0 : step;
        compose = random.nextInt(3) == 0;
    }

    /** A text of one to three documents, the first of them a mapping. */
    static String text(long seed) {
        LayoutGenerator generator = new LayoutGenerator(seed);
        generator.documents();
        String lines = generator.text.toString();
        if (generator.random.nextInt(4) == 0) {
            lines = lines.stripTrailing();
        }
        return generator.random.nextInt(4) == 0 ? lines.replace("\n", "\r\n") : lines;
    }

    private void documents() {
        int documents = 1 + random.nextInt(3);
        for (int i = 0; i < documents; i++) {
            if (i > 0 || random.nextInt(4) == 0) {
                text.append("---").append(comment()).append('\n');
            }
            anchors.clear();
            if (compose) {
                text.append("services: {}\n");
            }
            mapping(0, 4, "");
        }
    }

    /** Lines of members, each indented; the first only where nothing stands in front of it. */
    private void mapping(int column, int depth, String first) {
        int members = 1 + random.nextInt(4);
        String lead = first;
        boolean leads = true;
        if (!anchors.isEmpty() && random.nextInt(6) == 0) {
            lead(lead, column)
                    .append("<<: *")
                    .append(pick(anchors))
                    .append(comment())
                    .append('\n');
            leads = false;
            lead = "";
        }
        for (int i = 0; i < members; i++) {
            if (!leads) {
                between(column);
            }
            lead(lead, column).append(key(i)).append(':');
            leads = false;
            lead = "";
            member(column, depth);
        }
        between(column);
    }

    private StringBuilder lead(String first, int column) {
        return !first.isEmpty() ? text.append(first) : text.append(" ".repeat(column));
    }

    private String key(int i) {
        String name = "k" + i;
        return random.nextInt(8) == 0 ? '"' + name + '"' : name;
    }

    private void member(int column, int depth) {
        switch (depth == 0 ? random.nextInt(2) : random.nextInt(9)) {
            case 0, 1, 2 -> {
                String scalar = pick(SCALARS);
                text.append(scalar.isEmpty() ? "" : " " + scalar)
                        .append(comment())
                        .append('\n');
            }
            case 3 -> blockScalar(column);
            case 4 ->
                text.append(' ')
                        .append(flow(2, column + step))
                        .append(comment())
                        .append('\n');
            case 5 -> alias();
            case 6 -> {
                String anchor = anchor();
                text.append(anchor).append(comment()).append('\n');
                between(column + step);
                sequence(column + dash, depth - 1);
            }
            default -> {
                String anchor = anchor();
                text.append(anchor).append(comment()).append('\n');
                int at = text.length();
                mapping(column + step, depth - 1, "");
                if (!anchor.isEmpty() && !text.substring(at).contains("<<")) {
                    anchors.add(anchor.substring(2));
                }
            }
        }
    }

    private String anchor() {
        return random.nextInt(3) == 0 ? " &a" + named++ : "";
    }

    private void alias() {
        if (anchors.isEmpty()) {
            text.append(" x\n");
        } else {
            text.append(" *").append(pick(anchors)).append(comment()).append('\n');
        }
    }

    private void blockScalar(int column) {
        String indent = " ".repeat(column + step);
        text.append(' ')
                .append(pick(List.of("|", ">", "|-", ">-", "|+", ">+")))
                .append(comment())
                .append('\n');
        text.append(indent).append("text #no comment\n");
        if (random.nextBoolean()) {
            text.append('\n').append(indent).append("  more: text\n");
        }
        if (random.nextInt(3) == 0) {
            text.append("\n\n");
        }
    }

    private void sequence(int column, int depth) {
        int elements = 1 + random.nextInt(3);
        for (int i = 0; i < elements; i++) {
            String indent = " ".repeat(column);
            String gap = random.nextInt(5) == 0 ? "   " : " ";
            text.append(indent).append('-');
            switch (random.nextInt(depth == 0 ? 2 : 4)) {
                case 0 ->
                    text.append(gap).append(pick(SCALARS)).append(comment()).append('\n');
                case 1 -> text.append(gap).append(flow(1, column + step)).append('\n');
                default -> mapping(column + 1 + gap.length(), depth - 1, gap);
            }
            between(column + 1);
        }
    }

    private String flow(int depth, int column) {
        boolean apart = random.nextInt(3) == 0;
        boolean mapping = random.nextBoolean();
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String value = depth > 0 && random.nextBoolean()
                    ? flow(depth - 1, column + step)
                    : pick(List.of("1", "x", "'y'", "\"z\"", "{}", "[]"));
            items.add(mapping ? "k" + i + ": " + value : value);
        }
        String line = "\n" + " ".repeat(column + 1);
        String inner = String.join(apart ? "," + line : ", ", items) + (random.nextInt(5) == 0 ? "," : "");
        String body = apart ? line + inner + (random.nextBoolean() ? " # flow" : "") + line : inner;
        return mapping ? "{" + body + "}" : "[" + body + "]";
    }

    private void between(int column) {
        if (random.nextInt(6) == 0) {
            text.append(" ".repeat(column)).append("# own line\n");
        }
        if (random.nextInt(10) == 0) {
            text.append('\n');
        }
    }

    private String comment() {
        return random.nextInt(5) == 0 ? " # end of line" : "";
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
