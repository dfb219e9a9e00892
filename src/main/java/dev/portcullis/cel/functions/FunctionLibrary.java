package dev.portcullis.cel.functions;

import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/** One of Kubernetes' extension libraries. */
public interface FunctionLibrary {
    /** Adds the library's types, functions and variables to what expressions may use. */
    void declare(CelCompilerBuilder compiler);

    /** What the functions do: plain, unmetered, each linear in the size of its arguments. */
    List<CelFunctionBinding> bindings();
}
