package dev.portcullis.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelTypes;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compiles expressions over a set of variables. Immutable, for many threads; made once. */
public final class Expressions {
    private static final List<String> OPEN_VARIABLES = List.of("request", "namespaceObject", "params", "workload");

    /** Kubernetes evaluates with all variables open, and looks at their types only to say what is wrong. */
    private final CelCompiler open;

    private final Map<String, CelCompiler> typed;

    private Expressions(CelCompiler open, Map<String, CelCompiler> typed) {
        this.open = open;
        this.typed = typed;
    }

    /** Expressions over these variables. */
    public static Expressions of(Map<String, Type> variables) {
        Map<String, Type> opened = new HashMap<>(variables);
        opened.replaceAll((name, type) -> Schema.bundled().names(type) ? Type.DYN : type);
        return new Expressions(
                Environment.compiler(opened),
                opened.equals(variables) ? Map.of() : Map.of("", Environment.compiler(variables)));
    }

    /**
     * Expressions of a rule over objects of these kinds, such as {@code Pod} and {@code Deployment}: over {@code object} and
     * {@code oldObject}, whose fields are checked for each kind, and {@code request}, {@code namespaceObject}, {@code params}
     * and {@code workload}.
     */
    public static Expressions forKinds(Set<String> kinds) {
        Map<String, CelCompiler> typed = new LinkedHashMap<>();
        for (String kind : new TreeSet<>(kinds)) {
            Type type = Schema.bundled().ofKind(kind);
            if (!type.equals(Type.DYN)) {
                typed.put(kind, Environment.compiler(variables(type)));
            }
        }
        return new Expressions(Environment.compiler(variables(Type.DYN)), typed);
    }

    private static Map<String, Type> variables(Type object) {
        Map<String, Type> variables = new HashMap<>();
        OPEN_VARIABLES.forEach(name -> variables.put(name, Type.DYN));
        variables.put("object", object);
        variables.put("oldObject", object);
        return variables;
    }

    /** The kinds whose fields are known, so that they are checked when a rule is compiled. */
    public static Set<String> knownKinds() {
        return Schema.bundled().kinds();
    }

    /**
     * Compiles an expression.
     *
     * @throws ExpressionException where it cannot be compiled for each kind, or would give something else than asked for
     */
    public Expression compile(String source, ResultType expected) throws ExpressionException {
        if (source.length() > Environment.MAX_SOURCE) {
            throw new ExpressionException("an expression of more than " + Environment.MAX_SOURCE + " characters");
        }
        try {
            CelAbstractSyntaxTree checked = compile(open, source, expected);
            checkTypes(source, expected);
            Checks.check(checked);
            return new Expression(Environment.interpreter().createProgram(Rewriting.of(checked)), expected);
        } catch (CelValidationException e) {
            throw new ExpressionException(Problems.of(e));
        } catch (CelEvaluationException e) {
            throw new ExpressionException(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw new ExpressionException("an expression that is nested too deeply");
        }
    }

    private static CelAbstractSyntaxTree compile(CelCompiler compiler, String source, ResultType expected)
            throws CelValidationException, ExpressionException {
        CelAbstractSyntaxTree ast = compiler.compile(source).getAst();
        if (!expected.allows(ast.getResultType().kind())) {
            throw new ExpressionException(
                    "it must give " + expected + " and gives " + CelTypes.format(ast.getResultType()));
        }
        return ast;
    }

    private void checkTypes(String source, ResultType expected) throws ExpressionException {
        Map<String, List<String>> problems = new LinkedHashMap<>();
        typed.forEach((kind, compiler) -> {
            try {
                compile(compiler, source, expected);
            } catch (CelValidationException e) {
                problems.computeIfAbsent(Problems.of(e), key -> new ArrayList<>())
                        .add(kind);
            } catch (ExpressionException e) {
                problems.computeIfAbsent(String.valueOf(e.getMessage()), key -> new ArrayList<>())
                        .add(kind);
            }
        });
        if (!problems.isEmpty()) {
            List<String> told = new ArrayList<>();
            problems.forEach((problem, kinds) -> told.add(
                    kinds.size() == typed.size() ? problem : "for " + String.join(", ", kinds) + ": " + problem));
            throw new ExpressionException(String.join("; ", told));
        }
    }
}
