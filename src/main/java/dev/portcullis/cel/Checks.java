package dev.portcullis.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes asks of a checked expression besides: elements of one type in a literal, and constants that can be read as
 * durations, timestamps, regular expressions and formats. Message literals are refused, since nothing here is a message.
 */
final class Checks {
    private final CelAbstractSyntaxTree ast;

    private Checks(CelAbstractSyntaxTree ast) {
        this.ast = ast;
    }

    static void check(CelAbstractSyntaxTree ast) throws ExpressionException {
        new Checks(ast).check(ast.getExpr(), false);
    }

    private void check(CelExpr expression, boolean mixed) throws ExpressionException {
        switch (expression.getKind()) {
            case SELECT -> check(expression.select().operand(), mixed);
            case CALL -> call(expression, mixed);
            case LIST -> list(expression, mixed);
            case MAP -> map(expression, mixed);
            case STRUCT ->
                throw at(expression, "a message literal; write maps, lists and calls such as duration('1s')");
            case COMPREHENSION -> comprehension(expression.comprehension(), mixed);
            default -> {}
        }
    }

    private void call(CelExpr expression, boolean mixed) throws ExpressionException {
        CelCall call = expression.call();
        boolean format = call.function().equals("format");
        if (call.target().isPresent()) {
            check(call.target().get(), mixed || format);
        }
        for (CelExpr argument : call.args()) {
            check(argument, mixed || format);
        }
        constants(call);
    }

    private void constants(CelCall call) throws ExpressionException {
        if (call.args().isEmpty()) {
            return;
        }
        CelExpr argument = call.args().getFirst();
        switch (call.function()) {
            case "duration", "timestamp" -> converted(call.function(), argument);
            case "matches", "find", "findAll" -> {
                CelExpr pattern = call.args().size() > 1 && call.target().isEmpty()
                        ? call.args().get(1)
                        : argument;
                tried(pattern, text(pattern), Regexes::check);
            }
            case "format" -> arguments(call, argument);
            default -> {}
        }
    }

    private void converted(String function, CelExpr argument) throws ExpressionException {
        if (argument.getKind() == Kind.CONSTANT && argument.constant().getKind() == CelConstant.Kind.INT64_VALUE) {
            long number = argument.constant().int64Value();
            tried(argument, "", _ -> {
                if (function.equals("timestamp")) {
                    Times.ofSeconds(number);
                } else {
                    throw new CelEvaluationException("a duration is written as text, such as '1s'");
                }
            });
        } else {
            tried(argument, text(argument), function.equals("duration") ? Times::duration : Times::timestamp);
        }
    }

    private void arguments(CelCall call, CelExpr arguments) throws ExpressionException {
        String format = call.target().map(Checks::text).orElse(null);
        if (format != null && arguments.getKind() == Kind.LIST) {
            int wanted = Formatting.argumentsOf(format);
            int given = arguments.list().elements().size();
            if (wanted != given) {
                throw at(arguments, "the format asks for " + wanted + " arguments and is given " + given);
            }
        }
    }

    /** Reads a constant. */
    @FunctionalInterface
    private interface Reading {
        void read(String text) throws CelEvaluationException;
    }

    private void tried(CelExpr expression, @Nullable String text, Reading reading) throws ExpressionException {
        if (text == null) {
            return;
        }
        try {
            reading.read(text);
        } catch (CelEvaluationException e) {
            throw at(expression, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String text(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? expression.constant().stringValue()
                : null;
    }

    private void list(CelExpr expression, boolean mixed) throws ExpressionException {
        List<CelExpr> elements = expression.list().elements();
        Set<Integer> optional = Set.copyOf(expression.list().optionalIndices());
        CelType first = null;
        for (int i = 0; i < elements.size(); i++) {
            check(elements.get(i), mixed);
            if (!mixed) {
                first = same(elements.get(i), optional.contains(i), first);
            }
        }
    }

    private void map(CelExpr expression, boolean mixed) throws ExpressionException {
        CelType firstKey = null;
        CelType firstValue = null;
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
            check(entry.key(), mixed);
            check(entry.value(), mixed);
            if (!mixed) {
                firstKey = same(entry.key(), false, firstKey);
                firstValue = same(entry.value(), entry.optionalEntry(), firstValue);
            }
        }
    }

    private CelType same(CelExpr expression, boolean optional, @Nullable CelType first) throws ExpressionException {
        CelType given = ast.getType(expression.id()).orElse(SimpleType.DYN);
        CelType type =
                optional && !given.parameters().isEmpty() ? given.parameters().getFirst() : given;
        if (first != null && !equivalent(first, type)) {
            throw at(
                    expression,
                    "expected type '" + CelTypes.format(first) + "' but found '" + CelTypes.format(type) + "'");
        }
        return first == null ? type : first;
    }

    private static boolean equivalent(CelType one, CelType other) {
        if (one.kind() != other.kind()
                || !one.name().equals(other.name())
                || one.parameters().size() != other.parameters().size()) {
            return false;
        }
        for (int i = 0; i < one.parameters().size(); i++) {
            if (!equivalent(one.parameters().get(i), other.parameters().get(i))) {
                return false;
            }
        }
        return true;
    }

    private void comprehension(CelComprehension loop, boolean mixed) throws ExpressionException {
        check(loop.iterRange(), mixed);
        check(loop.accuInit(), mixed);
        check(loop.loopCondition(), mixed);
        check(loop.loopStep(), mixed);
        check(loop.result(), mixed);
    }

    private ExpressionException at(CelExpr expression, String message) {
        Optional<CelSourceLocation> place = Optional.ofNullable(
                        ast.getSource().getPositionsMap().get(expression.id()))
                .flatMap(ast.getSource()::getOffsetLocation);
        return new ExpressionException(Problems.at(place.orElse(CelSourceLocation.of(1, 0)), message));
    }
}
