package dev.portcullis.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/** {@code list.sortBy(e, key)}: binds the list, maps it to its keys, and sorts it by them. */
final class SortBy {
    static final String FUNCTION = "@sortBy";
    static final CelMacro MACRO = CelMacro.newReceiverMacro("sortBy", 2, SortBy::expand);

    private static final String INPUT = "@sortByInput";

    private SortBy() {}

    static CelFunctionDecl declaration(String keyName, CelType key) {
        CelType list = ListType.create(TypeParamType.create("T"));
        return CelFunctionDecl.newFunctionDeclaration(
                FUNCTION,
                CelOverloadDecl.newGlobalOverload("list_" + keyName + "_sortBy", list, list, ListType.create(key)));
    }

    private static Optional<CelExpr> expand(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr variable = arguments.getFirst();
        if (variable.getKind() != Kind.IDENT) {
            return Optional.of(factory.reportError(CelIssue.formatError(
                    factory.getSourceLocation(variable), "sortBy(variable, key) needs the name of a variable")));
        }
        String keys = factory.getAccumulatorVarName();
        CelExpr step = factory.newGlobalCall("_+_", factory.newIdentifier(keys), factory.newList(arguments.get(1)));
        CelExpr mapped = factory.fold(
                variable.ident().name(),
                factory.newIdentifier(INPUT),
                keys,
                factory.newList(),
                factory.newBoolLiteral(true),
                step,
                factory.newIdentifier(keys));
        CelExpr sorted = factory.newGlobalCall(FUNCTION, factory.newIdentifier(INPUT), mapped);
        return Optional.of(factory.fold(
                "#unused",
                factory.newList(),
                INPUT,
                target,
                factory.newBoolLiteral(false),
                factory.newIdentifier(INPUT),
                sorted));
    }
}
