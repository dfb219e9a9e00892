package dev.portcullis.cel.functions;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** CEL with Kubernetes' functions and the variables {@code x}, {@code y}, {@code z} and {@code n}. */
final class Evaluation {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final CelOptions OPTIONS = CelOptions.current().build();
    private static final List<String> VARIABLES = List.of("x", "y", "z", "n");
    private static final long LARGEST_JSON_INTEGER = (1L << 53) - 1;

    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final Map<String, CelRuntime.Program> programs = new LinkedHashMap<>();

    Evaluation() {
        CelCompilerBuilder declared = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.optional());
        VARIABLES.forEach(name -> declared.addVar(name, SimpleType.DYN));
        CelRuntimeBuilder bound =
                CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).addLibraries(CelExtensions.optional());
        for (FunctionLibrary library : KubernetesFunctions.all()) {
            library.declare(declared);
            bound.addFunctionBindings(library.bindings());
        }
        compiler = declared.build();
        runtime = bound.build();
    }

    /** The result as JSON, as the oracle gives it; nothing where the expression does not compile or fails. */
    Optional<JsonNode> evaluate(String expression, Map<String, ?> variables) {
        try {
            return Optional.of(MAPPER.valueToTree(plain(value(expression, variables))));
        } catch (CelValidationException | CelEvaluationException _) {
            return Optional.empty();
        }
    }

    /** The value of an expression. */
    Object value(String expression, Map<String, ?> variables) throws CelValidationException, CelEvaluationException {
        CelRuntime.Program program = programs.get(expression);
        if (program == null) {
            program = runtime.createProgram(compiler.compile(expression).getAst());
            programs.put(expression, program);
        }
        return program.eval(variables);
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case Long number -> Math.abs(number) > LARGEST_JSON_INTEGER ? number.toString() : number;
            case Double number when number.isInfinite() -> number > 0 ? "+Inf" : "-Inf";
            case Double number -> number.isNaN() ? "NaN" : number;
            case List<?> list -> list.stream().map(Evaluation::plain).toList();
            case Map<?, ?> map -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                map.forEach((key, element) -> entries.put(key.toString(), plain(element)));
                yield entries;
            }
            case Optional<?> optional -> optional.<Object>map(Evaluation::plain).orElse("<nil>");
            default -> value.toString();
        };
    }
}
