package dev.portcullis.resource;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known name was meant by a misspelt one. */
final class Spelling {
    private Spelling() {}

    /** The nearest known name, when it is near enough to be worth telling. */
    static Optional<String> nearest(String written, Collection<String> known) {
        String name = plain(written);
        int tolerance = name.length() < 5 ? 1 : name.length() < 9 ? 2 : 3;
        return known.stream()
                .filter(candidate -> Math.abs(plain(candidate).length() - name.length()) <= tolerance)
                .filter(candidate -> distance(name, plain(candidate)) <= tolerance)
                .min(Comparator.<String>comparingInt(candidate -> distance(name, plain(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code readOnlyRootFilesystem} and {@code read-only-root-filesystem} are the same mistake away from each other. */
    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Insertions, deletions, substitutions and swaps of neighbours. */
    private static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int substitution = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + substitution);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        return row[other.length()];
    }
}
