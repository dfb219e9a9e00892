package dev.portcullis.inspection;

import java.util.List;

/**
 * What docker-bench-security's checks would come to by our reading, under its numbers (CIS Docker Benchmark 1.6) and counted as
 * it counts: one for what passes, one less for what it warns of, nothing for what it only tells.
 *
 * @param lines in the order of their numbers
 * @param unjudged numbers of what an engine's API does not tell
 */
public record BenchComparison(List<Line> lines, List<String> unjudged) {
    /** What is counted. */
    public enum Outcome {
        PASS,
        WARN,
        /** Told, and worth no point. */
        INFO
    }

    /**
     * One of its checks.
     *
     * @param id such as {@code 5.12}
     * @param scored whether it changes the score
     */
    public record Line(String id, Outcome outcome, boolean scored) {}

    /** How many were judged. */
    public int checks() {
        return lines.size();
    }

    /** Its score over those. */
    public int score() {
        int score = 0;
        for (Line line : lines) {
            if (line.scored()) {
                score += line.outcome() == Outcome.PASS ? 1 : line.outcome() == Outcome.WARN ? -1 : 0;
            }
        }
        return score;
    }

    /** The numbers of what came out so. */
    List<String> ids(Outcome outcome) {
        return lines.stream()
                .filter(line -> line.outcome() == outcome)
                .map(Line::id)
                .toList();
    }
}
