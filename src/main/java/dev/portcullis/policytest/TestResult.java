package dev.portcullis.policytest;

import dev.portcullis.document.Position;
import dev.portcullis.resource.PolicyError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one file of tests.
 *
 * @param source the file, as it was named
 * @param cases those that were run
 * @param errors why none could be run; none where they were
 */
public record TestResult(String source, List<CaseResult> cases, List<PolicyError> errors) {
    /** Why no case of a file could be run. */
    static TestResult unreadable(String source, List<PolicyError> errors) {
        return new TestResult(source, List.of(), errors);
    }

    /** How one case went. */
    public enum Outcome {
        /** All is as expected. */
        PASSED,
        /** It is not. */
        FAILED,
        /** Its resource could not be read. */
        UNREADABLE;

        String id() {
            return switch (this) {
                case PASSED -> "pass";
                case FAILED -> "fail";
                case UNREADABLE -> "error";
            };
        }
    }

    /**
     * What came of one case.
     *
     * @param lines what differs from what is expected, or why it could not be read
     */
    public record CaseResult(String name, @Nullable Position place, Outcome outcome, List<String> lines) {}

    /** How many cases went one way. */
    public int count(Outcome outcome) {
        return (int) cases.stream().filter(one -> one.outcome() == outcome).count();
    }
}
