package dev.portcullis.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compiled regular expressions, the latest of them kept. */
final class Patterns {
    private static final long KEPT_SIZE = 200_000;
    private static final int MAX_LENGTH = 10_000;
    private static final long MAX_SIZE = 100_000;
    private static final int MAX_REPEAT = 1000;

    private final Map<String, Compiled> known = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    /** A pattern and about how many instructions it has. */
    record Compiled(Pattern pattern, long size) {}

    Compiled get(String text, Meter meter) throws CelEvaluationException {
        meter.chargeText(text.length());
        synchronized (known) {
            Compiled compiled = known.get(text);
            if (compiled != null) {
                return compiled;
            }
        }
        Compiled compiled = compile(text, meter);
        keep(text, compiled);
        return compiled;
    }

    private void keep(String text, Compiled compiled) {
        synchronized (known) {
            if (known.putIfAbsent(text, compiled) != null) {
                return;
            }
            size += weight(text, compiled);
            Iterator<Map.Entry<String, Compiled>> oldest = known.entrySet().iterator();
            while (size > KEPT_SIZE && oldest.hasNext()) {
                Map.Entry<String, Compiled> entry = oldest.next();
                size -= weight(entry.getKey(), entry.getValue());
                oldest.remove();
            }
        }
    }

    private static long weight(String text, Compiled compiled) {
        return text.length() + compiled.size() + 50;
    }

    private static Compiled compile(String text, Meter meter) throws CelEvaluationException {
        Shape shape = Shape.of(text);
        meter.charge(shape.size * 4 + shape.foldedClasses * 2000);
        return compile(text, shape);
    }

    static Compiled compile(String text) throws CelEvaluationException {
        return compile(text, Shape.of(text));
    }

    private static Compiled compile(String text, Shape shape) throws CelEvaluationException {
        try {
            return new Compiled(Pattern.compile(text), shape.size);
        } catch (PatternSyntaxException e) {
            throw new CelEvaluationException("invalid regular expression: " + e.getDescription());
        }
    }

    /**
     * What compiling a pattern will cost, read from its text: repetitions multiply what they repeat. Nested ones may not
     * multiply to more than a thousand, which RE2 refuses too.
     */
    private static final class Shape {
        private final String text;
        private final Deque<Group> groups = new ArrayDeque<>();
        private long size;
        private long foldedClasses;
        private int at;

        /** What is open: its size and deepest repetition, and the same of its latest element. */
        private static final class Group {
            private long size = 1;
            private long repeats = 1;
            private long lastSize;
            private long lastRepeats = 1;

            void add(long elementSize, long elementRepeats) {
                size += elementSize;
                repeats = Math.max(repeats, elementRepeats);
                lastSize = elementSize;
                lastRepeats = elementRepeats;
            }

            void repeat(long count) {
                size += lastSize * Math.max(0, count - 1);
                lastSize *= Math.max(1, count);
                lastRepeats *= Math.max(1, count);
                repeats = Math.max(repeats, lastRepeats);
            }
        }

        private Shape(String text) {
            this.text = text;
        }

        static Shape of(String text) throws CelEvaluationException {
            if (text.length() > MAX_LENGTH) {
                throw new CelEvaluationException("a regular expression of more than " + MAX_LENGTH + " characters");
            }
            Shape shape = new Shape(text);
            shape.read();
            return shape;
        }

        private void read() throws CelEvaluationException {
            boolean folded = text.contains("(?");
            groups.push(new Group());
            while (at < text.length()) {
                char character = text.charAt(at++);
                switch (character) {
                    case '\\' -> escape();
                    case '[' -> {
                        bracket();
                        foldedClasses += folded ? 1 : 0;
                    }
                    case '(' -> groups.push(new Group());
                    case ')' -> close();
                    case '{' -> repetition();
                    default -> groups.element().add(1, 1);
                }
                check(groups.element());
            }
            while (groups.size() > 1) {
                close();
            }
            check(groups.element());
            size = groups.element().size;
        }

        private void escape() {
            if (text.startsWith("Q", at)) {
                int end = text.indexOf("\\E", at);
                int stop = end < 0 ? text.length() : end + 2;
                groups.element().add(stop - at, 1);
                at = stop;
                return;
            }
            if (at < text.length() && (text.charAt(at) == 'p' || text.charAt(at) == 'P')) {
                foldedClasses++;
                if (text.startsWith("{", at + 1)) {
                    at = Math.max(at, text.indexOf('}', at));
                }
            } else if (text.startsWith("x{", at)) {
                at = Math.max(at, text.indexOf('}', at));
            }
            at++;
            groups.element().add(1, 1);
        }

        private void bracket() {
            int i = at;
            if (text.startsWith("^", i)) {
                i++;
            }
            if (text.startsWith("]", i)) {
                i++;
            }
            while (i < text.length() && text.charAt(i) != ']') {
                if (text.startsWith("[:", i)) {
                    int end = text.indexOf(":]", i + 2);
                    i = end < 0 ? i + 1 : end + 2;
                } else {
                    i += text.charAt(i) == '\\' ? 2 : 1;
                }
            }
            groups.element().add(1 + (i - at) / 8, 1);
            at = i + 1;
        }

        private void close() {
            if (groups.size() > 1) {
                Group group = groups.pop();
                groups.element().add(group.size + 1, group.repeats);
            }
        }

        private void repetition() {
            int end = text.indexOf('}', at);
            String bounds = end < 0 ? "" : text.substring(at, end);
            if (!bounds.matches("[0-9]{1,4}(?:,(?:[0-9]{1,4})?)?")) {
                groups.element().add(1, 1);
                return;
            }
            int comma = bounds.indexOf(',');
            String last =
                    comma < 0 || comma == bounds.length() - 1 ? bounds.replace(",", "") : bounds.substring(comma + 1);
            groups.element().repeat(Integer.parseInt(last));
            at = end + 1;
        }

        private static void check(Group group) throws CelEvaluationException {
            if (group.repeats > MAX_REPEAT) {
                throw new CelEvaluationException("invalid regular expression: invalid repeat count");
            }
            if (group.size > MAX_SIZE) {
                throw new CelEvaluationException("a regular expression of more than " + MAX_SIZE + " parts");
            }
        }
    }
}
