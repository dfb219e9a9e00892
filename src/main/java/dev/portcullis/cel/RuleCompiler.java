package dev.portcullis.cel;

import dev.portcullis.policy.Question;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes questions of rules. */
public final class RuleCompiler {
    /** What rules see of controllers is the pod they make. */
    private static final Expressions EXPRESSIONS = Expressions.forKinds(Set.of("Pod"));

    private RuleCompiler() {}

    /**
     * Compiles a rule.
     *
     * @throws RuleException telling the first thing that is wrong with it
     */
    public static Question compile(RuleText rule) throws RuleException {
        Expression expression = compile(rule.expression(), ResultType.BOOL, "/expression");
        String written = rule.messageExpression();
        Expression messageExpression =
                written == null ? null : compile(written, ResultType.STRING, "/messageExpression");
        String message = rule.message() == null ? "rule " + rule.name() + " is not met" : rule.message();
        @Nullable RulePatch patch = rule.patch() == null ? null : RulePatch.read(rule.patch());
        return new CelQuestion(expression, messageExpression, message, Params.of(rule.params()), patch);
    }

    private static Expression compile(String source, ResultType type, String pointer) throws RuleException {
        try {
            return EXPRESSIONS.compile(source, type);
        } catch (ExpressionException wrong) {
            throw new RuleException(pointer, String.valueOf(wrong.getMessage()));
        }
    }
}
