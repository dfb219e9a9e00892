package dev.portcullis.docker.dockerfile;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The instructions there are. */
final class Keywords {
    static final List<String> ALL = List.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    private static final int FARTHEST = 2;

    private Keywords() {}

    /** Names the nearest known word, where one is near enough, else says something else. */
    static String didYouMean(String written, Collection<String> known, String otherwise) {
        return known.stream()
                .filter(word -> Math.abs(word.length() - written.length()) <= FARTHEST)
                .filter(word -> distance(written, word) <= FARTHEST)
                .min(Comparator.<String>comparingInt(word -> distance(written, word))
                        .thenComparingInt(word -> written.isEmpty() || word.charAt(0) == written.charAt(0) ? 0 : 1)
                        .thenComparing(Comparator.naturalOrder()))
                .map(word -> "did you mean " + word + "?")
                .orElse(otherwise);
    }

    /** Insertions, deletions and substitutions. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int substitution = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
