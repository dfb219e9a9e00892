package dev.portcullis.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelTypes;
import dev.cel.compiler.CelCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compiles expressions over a set of variables. Immutable, for many threads; made once. */
public final class Expressions {
    /** What rules see beside objects. */
    private static final Map<String, Type> BESIDE_OBJECTS = Map.of(
            Scope.REQUEST, new Type("AdmissionRequest"),
            Scope.NAMESPACE, new Type("NamespaceObject"),
            Scope.WORKLOAD, new Type("Workload"),
            Scope.PARAMS, Type.DYN);

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
        Map<String, Type> open = variables(Type.DYN);
        open.replaceAll((name, type) -> Type.DYN);
        return new Expressions(Environment.compiler(open), typed);
    }

    private static Map<String, Type> variables(Type object) {
        Map<String, Type> variables = new HashMap<>(BESIDE_OBJECTS);
        variables.put(Scope.OBJECT, object);
        variables.put(Scope.OLD_OBJECT, object);
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
            return Translation.of(checked, expected, names(checked));
        } catch (CelValidationException e) {
            throw new ExpressionException(Problems.of(e));
        } catch (StackOverflowError e) {
            throw new ExpressionException("an expression that is nested too deeply");
        }
    }

    /** The variables it speaks of, among names of functions that no variable has. */
    private static Set<String> names(CelAbstractSyntaxTree checked) {
        return checked.getReferenceMap().values().stream()
                .map(CelReference::name)
                .collect(Collectors.toUnmodifiableSet());
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
