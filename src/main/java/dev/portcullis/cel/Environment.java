package dev.portcullis.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.portcullis.cel.functions.KubernetesFunctions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Kubernetes 1.36 lets expressions use. */
final class Environment {
    static final int MAX_SOURCE = 10_000;

    private static final CelOptions OPTIONS = options();

    private static final Map<String, CelType> COMPARABLE = Map.of(
            "int", SimpleType.INT,
            "uint", SimpleType.UINT,
            "double", SimpleType.DOUBLE,
            "bool", SimpleType.BOOL,
            "duration", SimpleType.DURATION,
            "timestamp", SimpleType.TIMESTAMP,
            "string", SimpleType.STRING,
            "bytes", SimpleType.BYTES);

    private static final Set<String> SUMMABLE = Set.of("int", "uint", "double", "duration");

    private Environment() {}

    @SuppressWarnings("deprecation")
    private static CelOptions options() {
        return CelOptions.current()
                .maxExpressionCodePointSize(MAX_SOURCE)
                .enableQuotedIdentifierSyntax(false)
                .enableHeterogeneousNumericComparisons(true)
                .build();
    }

    static CelCompiler compiler(Map<String, Type> variables) {
        CelCompilerBuilder builder = builder().setTypeProvider(Schema.bundled().typeProvider());
        variables.forEach((name, type) -> builder.addVar(name, Schema.celType(type.notation())));
        return builder.build();
    }

    private static CelCompilerBuilder builder() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.strings(strings()),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.lists(lists()),
                        CelExtensions.comprehensions(),
                        CelExtensions.optional())
                .addMacros(SortBy.MACRO)
                .addFunctionDeclarations(declarations());
        KubernetesFunctions.all().forEach(library -> library.declare(builder));
        return builder;
    }

    /** All but {@code reverse}, which came with a later version of them than Kubernetes has. */
    private static Set<CelStringExtensions.Function> strings() {
        return EnumSet.complementOf(EnumSet.of(CelStringExtensions.Function.REVERSE));
    }

    /** All but {@code sortBy}, which takes the elements it gives for lists. */
    private static Set<CelListsExtensions.Function> lists() {
        return EnumSet.complementOf(EnumSet.of(CelListsExtensions.Function.SORT_BY));
    }

    private static List<CelFunctionDecl> declarations() {
        CelType any = TypeParamType.create("T");
        CelType string = SimpleType.STRING;
        CelType strings = ListType.create(string);
        List<CelFunctionDecl> declarations = new ArrayList<>(List.of(
                CelFunctionDecl.newFunctionDeclaration(
                        "int",
                        CelOverloadDecl.newGlobalOverload("duration_to_int64", SimpleType.INT, SimpleType.DURATION)),
                member("format", "string_format", string, string, ListType.create(SimpleType.DYN)),
                member("find", "string_find_string", string, string, string),
                member("findAll", "string_find_all_string", strings, string, string),
                member("findAll", "string_find_all_string_int", strings, string, string, SimpleType.INT),
                member("indexOf", "list_a_index_of_int", SimpleType.INT, ListType.create(any), any),
                member("lastIndexOf", "list_a_last_index_of_int", SimpleType.INT, ListType.create(any), any),
                member(
                        "unwrapOpt",
                        "optional_unwrapOpt",
                        ListType.create(any),
                        ListType.create(OptionalType.create(any)))));
        COMPARABLE.forEach((name, type) -> {
            CelType list = ListType.create(type);
            declarations.add(member("isSorted", "list_" + name + "_is_sorted_bool", SimpleType.BOOL, list));
            declarations.add(member("min", "list_" + name + "_min_" + name, type, list));
            declarations.add(member("max", "list_" + name + "_max_" + name, type, list));
            declarations.add(SortBy.declaration(name, type));
            if (SUMMABLE.contains(name)) {
                declarations.add(member("sum", "list_" + name + "_sum_" + name, type, list));
            }
        });
        return declarations;
    }

    private static CelFunctionDecl member(String function, String overload, CelType result, CelType... arguments) {
        return CelFunctionDecl.newFunctionDeclaration(
                function, CelOverloadDecl.newMemberOverload(overload, result, arguments));
    }
}
