package dev.portcullis.cel.functions;

import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/** One of Kubernetes' extension libraries. */
public interface FunctionLibrary {
    /** Makes the library's types and functions known to a compiler. */
    void declare(CelCompilerBuilder compiler);

    /** What the functions do; each takes time linear in the size of its arguments. */
    List<CelFunctionBinding> bindings();
}
