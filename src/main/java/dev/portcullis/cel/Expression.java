package dev.portcullis.cel;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable, for many threads. */
public final class Expression {
    private static final Pattern PLACE = Pattern.compile("^evaluation error(?: at [^ ]*:[0-9]+)?: ");

    private final CelRuntime.Program program;
    private final ResultType expected;
    private final Set<String> variables;

    /**
     * An expression.
     *
     * @param variables those it speaks of
     */
    Expression(CelRuntime.Program program, ResultType expected, Set<String> variables) {
        this.program = program;
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
        return resolve(name -> variable(variables, name), budget);
    }

    /**
     * The same for variables that are made when they are asked for; those it was compiled over have a value all, of which null
     * is CEL's.
     */
    Object evaluate(Function<String, @Nullable Object> variables, Budget budget) throws EvaluationException {
        return resolve(name -> Optional.of(orNull(variables.apply(name))), budget);
    }

    private static Object orNull(@Nullable Object value) {
        return value == null ? NullValue.NULL_VALUE : value;
    }

    private Object resolve(CelVariableResolver variables, Budget budget) throws EvaluationException {
        Meter meter = new Meter(budget);
        meter.bind();
        try {
            Object result = program.trace(variables, (step, value) -> meter.step());
            meter.look();
            if (!expected.holds(result) || result instanceof CelUnknownSet) {
                throw new EvaluationException("it did not give " + expected, false);
            }
            return result;
        } catch (CelEvaluationException e) {
            String message = PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst("");
            throw new EvaluationException(Problems.shortened(message), false);
        } catch (Meter.Exhausted e) {
            throw new EvaluationException(String.valueOf(e.getMessage()), true);
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new EvaluationException("it took more memory than there is", true);
        } finally {
            Meter.unbind();
        }
    }

    /** What is not given is an error: the interpreter would take it for unknown, and give a value that is none. */
    private static Optional<Object> variable(Map<String, ? extends @Nullable Object> variables, String name) {
        Object value = variables.get(name);
        if (value != null) {
            return Optional.of(value);
        }
        if (!variables.containsKey(name)) {
            throw new IllegalArgumentException("the variable " + name + " is not given");
        }
        return Optional.of(NullValue.NULL_VALUE);
    }
}
