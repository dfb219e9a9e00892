package dev.portcullis.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a checked expression into nodes, whose calls are {@link Operations}. */
final class Translation {
    private final CelAbstractSyntaxTree ast;
    private Map<String, Integer> locals = Map.of();
    private int places;

    private Translation(CelAbstractSyntaxTree ast) {
        this.ast = ast;
    }

    /** An expression that gives what is expected, and is told so. */
    static Expression of(CelAbstractSyntaxTree ast, ResultType expected, Set<String> variables)
            throws ExpressionException {
        Translation translation = new Translation(ast);
        Node root = translation.node(ast.getExpr());
        return new Expression(root, translation.places, expected, variables);
    }

    private Node node(CelExpr expression) throws ExpressionException {
        return switch (expression.getKind()) {
            case CONSTANT -> constant(value(expression.constant()));
            case IDENT -> name(expression, expression.ident().name());
            case SELECT -> select(expression);
            case CALL -> call(expression);
            case LIST -> Literals.list(elements(expression));
            case MAP -> Literals.map(entries(expression));
            case COMPREHENSION -> loop(expression.comprehension());
            default -> throw new ExpressionException("an expression that has no meaning here");
        };
    }

    private static Node constant(Object value) {
        return _ -> value;
    }

    private static Object value(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> NullValue.NULL_VALUE;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> constant.uint64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> constant.bytesValue();
            default -> throw new IllegalArgumentException("a constant of kind " + constant.getKind());
        };
    }

    private CelType type(CelExpr expression) {
        return ast.getType(expression.id()).orElse(SimpleType.DYN);
    }

    /** A variable of a loop hides all others of its name; {@code .name} is never one. */
    private Node name(CelExpr expression, String name) {
        Integer place = locals.get(name);
        if (place != null) {
            return Frame.local(place);
        }
        CelReference reference = ast.getReferenceMap().get(expression.id());
        if (reference != null && reference.value().isPresent()) {
            return constant(value(reference.value().get()));
        }
        CelType type = type(expression);
        if (type.kind() == CelKind.TYPE) {
            return constant(type);
        }
        return Frame.variable(reference == null ? name : reference.name());
    }

    private Node select(CelExpr expression) throws ExpressionException {
        CelSelect select = expression.select();
        if (ast.getReferenceMap().containsKey(expression.id())) {
            return name(expression, "");
        }
        Node operand = node(select.operand());
        return select.testOnly()
                ? Selection.presence(operand, select.field())
                : Selection.field(operand, select.field());
    }

    private Node call(CelExpr expression) throws ExpressionException {
        CelCall call = expression.call();
        Node[] arguments = arguments(call);
        return switch (call.function()) {
            case "_&&_" -> Logic.and(arguments[0], arguments[1]);
            case "_||_" -> Logic.or(arguments[0], arguments[1]);
            case "_?_:_" -> Logic.conditional(arguments[0], arguments[1], arguments[2]);
            case "@not_strictly_false" -> Logic.notStrictlyFalse(arguments[0]);
            case "or" -> Optionals.or(arguments[0], arguments[1]);
            case "orValue" -> Optionals.orValue(arguments[0], arguments[1]);
            case "type" -> Types.of(arguments[0], type(call.args().getFirst()).name());
            default ->
                new Call(
                        Overloads.of(
                                call.function(),
                                arguments.length,
                                ast.getReferenceMap().get(expression.id())),
                        arguments);
        };
    }

    /** What stands before the dot is the first of them. */
    private Node[] arguments(CelCall call) throws ExpressionException {
        List<Node> arguments = new ArrayList<>();
        if (call.target().isPresent()) {
            arguments.add(node(call.target().get()));
        }
        for (CelExpr argument : call.args()) {
            arguments.add(node(argument));
        }
        return arguments.toArray(Node[]::new);
    }

    private List<Literals.Element> elements(CelExpr list) throws ExpressionException {
        List<CelExpr> elements = list.list().elements();
        Set<Integer> optional = Set.copyOf(list.list().optionalIndices());
        List<Literals.Element> translated = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            translated.add(new Literals.Element(node(elements.get(i)), optional.contains(i)));
        }
        return translated;
    }

    private List<Literals.Entry> entries(CelExpr map) throws ExpressionException {
        List<Literals.Entry> translated = new ArrayList<>();
        for (CelExpr.CelMap.Entry entry : map.map().entries()) {
            translated.add(new Literals.Entry(node(entry.key()), node(entry.value()), entry.optionalEntry()));
        }
        return translated;
    }

    private Node loop(CelComprehension loop) throws ExpressionException {
        Node range = node(loop.iterRange());
        Kind gathered = loop.accuInit().getKind();
        Node start = start(loop.accuInit());
        Map<String, Integer> outer = locals;
        try {
            Loop.Places at = new Loop.Places(places++, loop.iterVar2().isEmpty() ? -1 : places++, places++);
            locals = with(outer, loop.accuVar(), at.gathered());
            Node result = node(loop.result());
            locals = with(locals, loop.iterVar(), at.first());
            if (at.second() >= 0) {
                locals = with(locals, loop.iterVar2(), at.second());
            }
            Node whole = new Loop(range, at, start, node(loop.loopCondition()), node(loop.loopStep()), result);
            return gathered == Kind.LIST || gathered == Kind.MAP ? Selection.gathered(whole) : whole;
        } finally {
            locals = outer;
        }
    }

    private static Map<String, Integer> with(Map<String, Integer> locals, String name, int place) {
        Map<String, Integer> more = new HashMap<>(locals);
        more.put(name, place);
        return more;
    }

    private Node start(CelExpr start) throws ExpressionException {
        return switch (start.getKind()) {
            case LIST -> Literals.gathering(elements(start));
            case MAP -> Literals.gatheringMap(entries(start));
            default -> node(start);
        };
    }
}
