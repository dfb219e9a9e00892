package dev.portcullis.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelList;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a checked expression into one that uses our {@link Operations} alone. Calls refer to one operation in place of their
 * overloads; what the interpreter does by itself and differently from Kubernetes becomes a call: presence, the type of a
 * value, logic over values that are not known to be boolean, and literals, which it would tell whole in messages.
 */
final class Rewriting {
    private static final Set<Kind> GATHERING = EnumSet.of(Kind.LIST, Kind.MAP);
    private static final Set<CelConstant.Kind> KEYS = EnumSet.of(
            CelConstant.Kind.STRING_VALUE,
            CelConstant.Kind.INT64_VALUE,
            CelConstant.Kind.UINT64_VALUE,
            CelConstant.Kind.BOOLEAN_VALUE);

    private final CelAbstractSyntaxTree ast;
    private final Map<Long, CelReference> references;
    private final Map<Long, CelType> types;
    private long lastId;

    private Rewriting(CelAbstractSyntaxTree ast) {
        this.ast = ast;
        references = new HashMap<>(ast.getReferenceMap());
        types = new HashMap<>(ast.getTypeMap());
        lastId = Math.max(
                Collections.max(types.keySet()),
                Collections.max(ast.getSource().getPositionsMap().keySet()));
    }

    static CelAbstractSyntaxTree of(CelAbstractSyntaxTree ast) {
        Rewriting rewriting = new Rewriting(ast);
        CelExpr rewritten = rewriting.rewrite(ast.getExpr());
        return CelAbstractSyntaxTree.newCheckedAst(rewritten, ast.getSource(), rewriting.references, rewriting.types);
    }

    private CelExpr rewrite(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT -> select(expression);
            case CALL -> call(expression);
            case LIST -> list(expression);
            case MAP -> made(map(expression), type(expression));
            case COMPREHENSION -> comprehension(expression);
            default -> expression;
        };
    }

    private CelType type(CelExpr expression) {
        return ast.getType(expression.id()).orElse(SimpleType.DYN);
    }

    private CelExpr select(CelExpr expression) {
        if (references.containsKey(expression.id())) {
            return expression;
        }
        CelExpr operand = rewrite(expression.select().operand());
        if (expression.select().testOnly()) {
            CelExpr field = constant(expression.select().field());
            refer(expression.id(), "@has", "@has/2");
            return CelExpr.newBuilder()
                    .setId(expression.id())
                    .setCall(CelCall.newBuilder()
                            .setFunction("@has")
                            .addArgs(operand, field)
                            .build())
                    .build();
        }
        return expression.toBuilder()
                .setSelect(expression.select().toBuilder().setOperand(operand).build())
                .build();
    }

    private CelExpr call(CelExpr expression) {
        CelCall call = expression.call();
        String function = call.function();
        if (function.equals("!_") && isPresence(call.args().getFirst())) {
            return lacks(expression, call.args().getFirst());
        }
        CelCall.Builder rewritten = CelCall.newBuilder().setFunction(function);
        call.target().ifPresent(target -> rewritten.setTarget(rewrite(target)));
        List<CelExpr> arguments = new ArrayList<>();
        for (CelExpr argument : call.args()) {
            arguments.add(argument(function, argument));
        }
        if (function.equals("type")) {
            arguments.add(constant(type(call.args().getFirst()).name()));
        }
        rewritten.addArgs(arguments);
        refer(expression.id(), function, call.target().isPresent() ? arguments.size() + 1 : arguments.size());
        return expression.toBuilder().setCall(rewritten.build()).build();
    }

    private static boolean isPresence(CelExpr expression) {
        return expression.getKind() == Kind.SELECT && expression.select().testOnly();
    }

    /** {@code !has(a.b)} as one call. */
    private CelExpr lacks(CelExpr negation, CelExpr presence) {
        CelExpr operand = rewrite(presence.select().operand());
        refer(negation.id(), "@lacks", "@lacks/2");
        return CelExpr.newBuilder()
                .setId(negation.id())
                .setCall(CelCall.newBuilder()
                        .setFunction("@lacks")
                        .addArgs(operand, constant(presence.select().field()))
                        .build())
                .build();
    }

    private CelExpr argument(String function, CelExpr argument) {
        if (function.equals("_&&_") || function.equals("_||_")) {
            return truth(argument);
        }
        return function.equals("_+_") && argument.getKind() == Kind.LIST ? elements(argument) : rewrite(argument);
    }

    private CelExpr truth(CelExpr operand) {
        CelExpr rewritten = rewrite(operand);
        return type(operand).kind() == CelKind.BOOL ? rewritten : wrap("@bool", rewritten, SimpleType.BOOL);
    }

    /** Functions of other libraries keep their overloads, and so do those that the interpreter itself knows. */
    private void refer(long id, String function, int arguments) {
        String key = function.equals("type") ? "@type/2" : function + "/" + arguments;
        if (Operations.has(key) && !Environment.isForeign(references.get(id))) {
            refer(id, function, key);
        }
    }

    private void refer(long id, String function, String key) {
        references.put(
                id,
                CelReference.newBuilder().setName(function).addOverloadIds(key).build());
    }

    private CelExpr list(CelExpr expression) {
        CelExpr rewritten = elements(expression);
        boolean constant =
                expression.list().elements().stream().allMatch(element -> element.getKind() == Kind.CONSTANT);
        return constant ? rewritten : made(rewritten, type(expression));
    }

    private CelExpr elements(CelExpr expression) {
        CelList list = expression.list();
        List<CelExpr> elements = list.elements().stream().map(this::rewrite).toList();
        return expression.toBuilder()
                .setList(CelList.newBuilder()
                        .addElements(elements)
                        .addOptionalIndices(list.optionalIndices())
                        .build())
                .build();
    }

    private CelExpr map(CelExpr expression) {
        List<CelMap.Entry> entries = expression.map().entries().stream()
                .map(entry -> entry.toBuilder()
                        .setKey(key(entry.key()))
                        .setValue(rewrite(entry.value()))
                        .build())
                .toList();
        return expression.toBuilder()
                .setMap(CelMap.newBuilder().addEntries(entries).build())
                .build();
    }

    private CelExpr key(CelExpr key) {
        boolean sound =
                key.getKind() == Kind.CONSTANT && KEYS.contains(key.constant().getKind());
        return sound ? key : wrap("@key", rewrite(key), type(key));
    }

    /** What a macro gathers in starts as Java's own list or map, so that it can grow in place. */
    private CelExpr comprehension(CelExpr expression) {
        CelComprehension loop = expression.comprehension();
        CelExpr start = loop.accuInit();
        CelExpr rewritten = expression.toBuilder()
                .setComprehension(loop.toBuilder()
                        .setIterRange(rewrite(loop.iterRange()))
                        .setAccuInit(
                                switch (start.getKind()) {
                                    case LIST -> elements(start);
                                    case MAP -> map(start);
                                    default -> rewrite(start);
                                })
                        .setLoopCondition(rewrite(loop.loopCondition()))
                        .setLoopStep(rewrite(loop.loopStep()))
                        .setResult(rewrite(loop.result()))
                        .build())
                .build();
        return GATHERING.contains(start.getKind()) ? made(rewritten, type(expression)) : rewritten;
    }

    private CelExpr made(CelExpr expression, CelType type) {
        return wrap("@made", expression, type);
    }

    private CelExpr wrap(String function, CelExpr expression, CelType type) {
        long id = ++lastId;
        refer(id, function, function + "/1");
        types.put(id, type);
        return CelExpr.newBuilder()
                .setId(id)
                .setCall(CelCall.newBuilder()
                        .setFunction(function)
                        .addArgs(expression)
                        .build())
                .build();
    }

    private CelExpr constant(String text) {
        long id = ++lastId;
        types.put(id, SimpleType.STRING);
        return CelExpr.ofConstant(id, CelConstant.ofValue(text));
    }
}
