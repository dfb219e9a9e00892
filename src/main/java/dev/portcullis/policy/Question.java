package dev.portcullis.policy;

import dev.portcullis.check.Fix;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import org.jspecify.annotations.Nullable;

/** What a rule of a policy's own asks. Pure, and safe for use by many threads. */
public interface Question {
    /** Whether it can be asked of what is written in a form. */
    boolean concerns(Form form);

    /** Whether the answer depends on the namespace, which must then be known. */
    boolean asksForNamespace();

    /** What is told where it is not as it should be, unless the rule makes that of the object. */
    String message();

    /** Asks it. */
    Answer ask(Workload workload, Circumstances circumstances);

    /** What came of it. */
    sealed interface Answer {}

    /** All is as it should be. */
    record Passed() implements Answer {}

    /**
     * It is not.
     *
     * @param message what is wrong, for people
     * @param fix null where the rule offers none
     */
    record Failed(String message, @Nullable Fix fix) implements Answer {}

    /**
     * It cannot be judged here.
     *
     * @param why for people
     */
    record Skipped(String why) implements Answer {}

    /**
     * It could not be answered.
     *
     * @param why for people
     */
    record Broken(String why) implements Answer {}
}
