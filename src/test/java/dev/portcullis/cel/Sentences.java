package dev.portcullis.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Expressions made up at random: logic, conditionals, macros within macros, literals and optional values, with parts that fail
 * anywhere in them, but no lists in the order of a map's keys, which Kubernetes leaves to chance. They are over the variables of {@link KubernetesCelTest}.
 */
final class Sentences {
    private final Random random;

    /** Variables of the macros around; the last one is the innermost, and may have the name of another. */
    private final List<String> locals = new ArrayList<>();

    Sentences(Random random) {
        this.random = random;
    }

    String next() {
        int depth = 1 + random.nextInt(4);
        return switch (random.nextInt(5)) {
            case 0, 1 -> truth(depth);
            case 2 -> number(depth);
            case 3 -> list(depth);
            default -> optional(depth);
        };
    }

    private String truth(int depth) {
        if (depth == 0) {
            return random.nextInt(6) == 0
                    ? pick("nul", "1 / 0 > 0", "nums[9] == 1", "dyn(1)", "m.x")
                    : pick("true", "false", "b", "n > 2", name() + " == 1", name() + " != n");
        }
        int less = depth - 1;
        return switch (random.nextInt(14)) {
            case 0, 1 -> "(" + truth(less) + " && " + truth(less) + ")";
            case 2, 3 -> "(" + truth(less) + " || " + truth(less) + ")";
            case 4 -> "!" + "(" + truth(less) + ")";
            case 5 -> "(" + truth(less) + " ? " + truth(less) + " : " + truth(less) + ")";
            case 6 -> macro(list(less), pick("all", "exists", "exists_one"), less, this::truth);
            case 7 -> macroOfTwo(list(less), pick("all", "exists", "existsOne"), less, this::truth);
            case 8 -> macro(map(less), pick("all", "exists", "exists_one"), less, this::truth);
            case 9 -> macroOfTwo(map(less), pick("all", "exists", "existsOne"), less, this::truth);
            case 10 -> "(" + number(less) + pick(" == ", " < ", " in [1, 2] || 1 == ", " != ") + number(less) + ")";
            case 11 -> "(" + number(less) + " in " + pick("nums", "ls", "[1, 2]", map(less)) + ")";
            case 12 -> pick("has(m.a)", "has(m.b.c)", "has(m.x.c)", "has(nul.c)", "has(" + map(less) + ".a)");
            default -> optional(less) + ".hasValue()";
        };
    }

    private String number(int depth) {
        if (depth == 0) {
            return random.nextInt(6) == 0
                    ? pick("1 / 0", "nums[5]", "m.x", "nul")
                    : pick("0", "1", "2", "n", "n", name(), name(), "m.a");
        }
        int less = depth - 1;
        return switch (random.nextInt(8)) {
            case 0, 1 -> "(" + number(less) + pick(" + ", " - ", " * ", " / ", " % ") + number(less) + ")";
            case 2 -> "(" + truth(less) + " ? " + number(less) + " : " + number(less) + ")";
            case 3 -> list(less) + "[" + number(less) + "]";
            case 4 -> optional(less) + ".orValue(" + number(less) + ")";
            case 5 -> list(less) + ".size()";
            case 6 -> map(less) + pick(".a", "['a']", "[" + number(less) + "]");
            default -> optional(less) + ".value()";
        };
    }

    private String list(int depth) {
        if (depth == 0) {
            return random.nextInt(6) == 0 ? pick("m.x", "n") : pick("nums", "ls", "[]", "[1, 2]", "[n]", "nums");
        }
        int less = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> "[" + number(less) + ", " + number(less) + "]";
            case 1 -> "[?" + perhaps(less) + ", " + number(less) + "]";
            case 2 -> macro(list(less), "map", less, this::number);
            case 3 -> macro(list(less), "filter", less, this::truth);
            case 4 -> macroOfTwo(list(less), "transformList", less, this::number);
            case 5 -> macro(pick("nums", "ls", "[2, n, 1]"), "sortBy", less, this::number);
            case 6 -> "(" + list(less) + " + " + list(less) + ")";
            default -> macro(list(less), "map", less, fewer -> truth(fewer) + ", " + number(fewer));
        };
    }

    private String map(int depth) {
        if (depth == 0) {
            return random.nextInt(6) == 0 ? pick("nul") : pick("m", "m.b", "{}", "{'a': 1}");
        }
        int less = depth - 1;
        return switch (random.nextInt(5)) {
            case 0 -> "{'a': " + number(less) + ", 'b': " + number(less) + "}";
            case 1 -> "{?'a': " + perhaps(less) + ", 'b': " + number(less) + "}";
            case 2 -> "{" + pick("n", "1", "'a'", name() + " + 1") + ": " + number(less) + "}";
            case 3 -> macroOfTwo(list(less), "transformMap", less, this::number);
            default -> macroOfTwo(map(less), "transformMap", less, this::number);
        };
    }

    private String optional(int depth) {
        if (depth == 0) {
            return pick(
                    "optional.none()", "optional.of(n)", "m.?a", "m.?x", "m[?'b'].c", "nums[?1]", "nums[?7]", "m.?x.y");
        }
        int less = depth - 1;
        return switch (random.nextInt(6)) {
            case 0 -> optional(less) + ".or(" + optional(less) + ")";
            case 1 -> macro(optional(less), "optMap", less, this::number);
            case 2 -> macro(optional(less), "optFlatMap", less, this::optional);
            case 3 -> "optional.of(" + number(less) + ")";
            case 4 -> list(less) + "[?" + number(less) + "]";
            default -> map(less) + ".?a";
        };
    }

    /** Known to be optional: Kubernetes' checker gives up on literals whose optional parts may be anything. */
    private String perhaps(int depth) {
        return pick("m.?a", "m.?x", "optional.of(" + number(depth) + ")");
    }

    /** What stands in a macro. */
    @FunctionalInterface
    private interface Body {
        String of(int depth);
    }

    private String macro(String operand, String macro, int depth, Body body) {
        locals.add(pick("x", "y", "n"));
        String text = operand + "." + macro + "(" + locals.getLast() + ", " + body.of(depth) + ")";
        locals.removeLast();
        return text;
    }

    private String macroOfTwo(String operand, String macro, int depth, Body body) {
        locals.add(pick("i", "x"));
        locals.add(pick("v", "y", "n"));
        String text = operand + "." + macro + "(" + locals.get(locals.size() - 2) + ", " + locals.getLast() + ", "
                + body.of(depth) + ")";
        locals.removeLast();
        locals.removeLast();
        return text;
    }

    private String name() {
        return locals.isEmpty() ? "n" : locals.get(random.nextInt(locals.size()));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
