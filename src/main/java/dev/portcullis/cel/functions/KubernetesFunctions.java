package dev.portcullis.cel.functions;

import java.util.List;

/** The extension libraries of Kubernetes 1.36 that dev.cel has no counterpart of. */
public final class KubernetesFunctions {
    private static final List<FunctionLibrary> ALL = List.of(
            QuantityFunctions.library(),
            UrlFunctions.library(),
            IpFunctions.library(),
            CidrFunctions.library(),
            FormatFunctions.library(),
            SemverFunctions.library());

    private KubernetesFunctions() {}

    /** All libraries; their functions overload each other's names and those of the standard library. */
    public static List<FunctionLibrary> all() {
        return ALL;
    }
}
