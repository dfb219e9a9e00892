package dev.portcullis.policy;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a policy's own.
 *
 * @param info what reports say of it, as of a check
 * @param mode null where the policy's own applies
 */
public record Rule(CheckInfo info, @Nullable Mode mode, Question question) {
    /** What the ids of rules begin with, so that no check is ever mistaken for one. */
    public static final String PREFIX = "rules/";

    /**
     * A rule.
     *
     * @param name unique in its policy
     * @param expression what it asks, as it is written
     */
    public static Rule of(String name, @Nullable Mode mode, String expression, Question question) {
        Fields fields = null;
        for (Form form : Form.values()) {
            if (question.concerns(form)) {
                fields = fields == null
                        ? Fields.in(form, "what the rule names")
                        : fields.and(form, "what the rule names");
            }
        }
        if (fields == null) {
            throw new IllegalArgumentException("rule " + name + " concerns nothing");
        }
        CheckInfo info = new CheckInfo(
                PREFIX + name,
                1,
                Severity.MEDIUM,
                expression,
                "The policy asks it.",
                null,
                fields,
                List.of(),
                List.of());
        return new Rule(info, mode, question);
    }
}
