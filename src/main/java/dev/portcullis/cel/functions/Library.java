package dev.portcullis.cel.functions;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.List;

/** Functions, each declared together with what it does. A member's first argument stands before the dot. */
final class Library implements FunctionLibrary {
    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    Library constant(String function, String id, CelType result, CelFunctionOverload body) {
        declare(function, CelOverloadDecl.newGlobalOverload(id, result));
        bindings.add(CelFunctionBinding.from(id, List.of(), body));
        return this;
    }

    <A> Library function(
            String function, String id, Kind<A> argument, CelType result, CelFunctionOverload.Unary<A> body) {
        declare(function, CelOverloadDecl.newGlobalOverload(id, result, argument.type()));
        return bind(id, argument, body);
    }

    <A, B> Library function(
            String function,
            String id,
            Kind<A> first,
            Kind<B> second,
            CelType result,
            CelFunctionOverload.Binary<A, B> body) {
        declare(function, CelOverloadDecl.newGlobalOverload(id, result, first.type(), second.type()));
        return bind(id, first, second, body);
    }

    <A> Library member(
            String function, String id, Kind<A> receiver, CelType result, CelFunctionOverload.Unary<A> body) {
        declare(function, CelOverloadDecl.newMemberOverload(id, result, receiver.type()));
        return bind(id, receiver, body);
    }

    <A, B> Library member(
            String function,
            String id,
            Kind<A> receiver,
            Kind<B> argument,
            CelType result,
            CelFunctionOverload.Binary<A, B> body) {
        declare(function, CelOverloadDecl.newMemberOverload(id, result, receiver.type(), argument.type()));
        return bind(id, receiver, argument, body);
    }

    @Override
    public void declare(CelCompilerBuilder compiler) {
        compiler.addFunctionDeclarations(declarations);
    }

    @Override
    public List<CelFunctionBinding> bindings() {
        return List.copyOf(bindings);
    }

    private void declare(String function, CelOverloadDecl overload) {
        declarations.add(CelFunctionDecl.newFunctionDeclaration(function, overload));
    }

    private <A> Library bind(String id, Kind<A> argument, CelFunctionOverload.Unary<A> body) {
        bindings.add(CelFunctionBinding.from(id, argument.values(), body));
        return this;
    }

    private <A, B> Library bind(String id, Kind<A> first, Kind<B> second, CelFunctionOverload.Binary<A, B> body) {
        bindings.add(CelFunctionBinding.from(id, first.values(), second.values(), body));
        return this;
    }
}
