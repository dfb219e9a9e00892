package dev.portcullis.cli;

/** What the program ends with. Where several apply, the highest counts. */
final class ExitCode {
    /** All is well. */
    static final int COMPLIANT = 0;
    /** Something violates the policy. */
    static final int VIOLATIONS = 1;
    /** Bad usage, or input that could not be read. */
    static final int UNREADABLE = 2;
    /** It could not be completed: a file went away, or the program itself failed. */
    static final int INCOMPLETE = 3;

    private ExitCode() {}
}
