package dev.portcullis.docker.dockerfile;

/** What is wrong with a piece of text whose place only the caller knows. */
final class Misread extends Exception {
    private final String problem;
    private final String remedy;
    private final boolean bound;

    Misread(String problem, String remedy) {
        this(problem, remedy, false);
    }

    private Misread(String problem, String remedy, boolean bound) {
        super(problem, null, false, false);
        this.problem = problem;
        this.remedy = remedy;
        this.bound = bound;
    }

    /** More than is read here, though a build may take it. */
    static Misread beyond(String problem, String remedy) {
        return new Misread(problem, remedy, true);
    }

    String problem() {
        return problem;
    }

    String remedy() {
        return remedy;
    }

    /** Whether a bound of ours was met, rather than a rule of the syntax broken. */
    boolean isBound() {
        return bound;
    }
}
