package dev.portcullis.cel;

import com.google.re2j.Matcher;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Regular expressions. */
final class Regexes {
    private static final Patterns PATTERNS = new Patterns();

    private Regexes() {}

    static Map<String, Operation> operations() {
        return Map.of(
                "matches/2", (in, meter) -> search(in, meter).find(0),
                "find/2", (in, meter) -> find(in, meter),
                "findAll/2", (in, meter) -> findAll(in, -1, meter),
                "findAll/3", (in, meter) -> findAll(in, Operation.integer(in[2], "findAll"), meter));
    }

    /** Compiles a pattern to see whether that can be done. */
    static void check(String pattern) throws CelEvaluationException {
        Patterns.compile(pattern);
    }

    private static Search search(Object[] in, Meter meter) throws CelEvaluationException {
        String text = Operation.text(in[0], "of a regular expression");
        return new Search(text, PATTERNS.get(Operation.text(in[1], "of a regular expression"), meter), meter);
    }

    private static String find(Object[] in, Meter meter) throws CelEvaluationException {
        Search search = search(in, meter);
        return search.find(0) ? meter.text(search.found()) : "";
    }

    /** Nothing is found at the end of what was found before, and the search for nothing goes on behind the next character. */
    private static Listing findAll(Object[] in, long limit, Meter meter) throws CelEvaluationException {
        Search search = search(in, meter);
        String text = (String) in[0];
        List<Object> found = new ArrayList<>();
        int from = 0;
        int previousEnd = -1;
        while (from <= text.length() && found.size() != limit && search.find(from)) {
            int end = search.matcher.end();
            boolean accepted = end != from || search.matcher.start() != previousEnd;
            if (end == from) {
                from = from == text.length() ? from + 1 : text.offsetByCodePoints(from, 1);
            } else {
                from = end;
            }
            previousEnd = end;
            if (accepted) {
                found.add(meter.text(search.found()));
            }
        }
        return Listing.of(found);
    }

    /** One search through one text. */
    private static final class Search {
        private final String text;
        private final Matcher matcher;
        private final Meter meter;
        private final long weight;

        Search(String text, Patterns.Compiled compiled, Meter meter) {
            this.text = text;
            this.meter = meter;
            weight = 1 + compiled.size() / 16;
            matcher = compiled.pattern().matcher(new MeteredText(text, weight, meter));
        }

        boolean find(int from) {
            meter.charge(weight);
            return matcher.find(from);
        }

        String found() {
            return text.substring(matcher.start(), matcher.end());
        }
    }

    /** Charges for each look at a character: how often a search looks is not known before. */
    private static final class MeteredText implements CharSequence {
        private final String text;
        private final long weight;
        private final Meter meter;
        private int looks;

        MeteredText(String text, long weight, Meter meter) {
            this.text = text;
            this.weight = weight;
            this.meter = meter;
        }

        @Override
        public char charAt(int index) {
            if ((++looks & 7) == 0) {
                meter.charge(weight);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
