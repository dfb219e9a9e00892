package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A stretch of a text that is replaced; empty where something is put in. */
record Splice(int start, int end, String replacement) {
    /**
     * A text with all of them made. What is put in at one place comes in the order of the list.
     *
     * @throws IllegalArgumentException where two of them overlap
     */
    static String apply(String text, List<Splice> splices) {
        List<Splice> sorted = new ArrayList<>(splices);
        sorted.sort(Comparator.comparingInt(Splice::start).thenComparingInt(Splice::end));
        StringBuilder made = new StringBuilder(text.length());
        int done = 0;
        for (Splice splice : sorted) {
            if (splice.start < done) {
                throw new IllegalArgumentException("two changes overlap");
            }
            made.append(text, done, splice.start).append(splice.replacement);
            done = splice.end;
        }
        return made.append(text, done, text.length()).toString();
    }
}
