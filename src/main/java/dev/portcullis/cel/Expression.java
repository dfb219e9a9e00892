package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable, for many threads. */
public final class Expression {
    private final Node root;
    private final int locals;
    private final ResultType expected;
    private final Set<String> variables;

    /**
     * An expression.
     *
     * @param locals how many places its loops need
     * @param variables those it speaks of
     */
    Expression(Node root, int locals, ResultType expected, Set<String> variables) {
        this.root = root;
        this.locals = locals;
        this.expected = expected;
        this.variables = variables;
    }

    /** Whether its value may depend on a variable. */
    boolean speaksOf(String variable) {
        return variables.contains(variable);
    }

    /**
     * Its value for these variables: a {@link Boolean}, {@link Long}, {@link Double}, {@link String}, {@link java.util.List},
     * {@link java.util.Map} and so on.
     *
     * @param variables those it was compiled over, by name; objects and lists as {@link Values} has them
     * @throws EvaluationException if it gives none, or none of the asked type, or its budget is spent
     */
    public Object evaluate(Map<String, ? extends @Nullable Object> variables, Budget budget)
            throws EvaluationException {
        return evaluate(name -> given(variables, name), budget);
    }

    /**
     * The same for variables that are made when they are asked for; those it was compiled over have a value all, of which null
     * is CEL's.
     */
    Object evaluate(Frame.Variables variables, Budget budget) throws EvaluationException {
        Meter meter = new Meter(budget);
        try {
            Object result = root.value(new Frame(meter, variables, locals));
            meter.look();
            if (!expected.holds(result)) {
                throw new EvaluationException("it did not give " + expected, false);
            }
            return result;
        } catch (CelEvaluationException e) {
            throw new EvaluationException(Problems.shortened(String.valueOf(e.getMessage())), false);
        } catch (Meter.Exhausted e) {
            throw new EvaluationException(String.valueOf(e.getMessage()), true);
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new EvaluationException("it took more memory than there is", true);
        }
    }

    private static @Nullable Object given(Map<String, ? extends @Nullable Object> variables, String name)
            throws CelEvaluationException {
        Object value = variables.get(name);
        if (value == null && !variables.containsKey(name)) {
            throw new CelEvaluationException("the variable " + name + " is not given");
        }
        return value;
    }
}
