package dev.portcullis.cel.functions;

import java.util.List;

/** Kubernetes' extension libraries. */
public final class KubernetesFunctions {
    private KubernetesFunctions() {}

    /** All of them. */
    public static List<FunctionLibrary> all() {
        return List.of();
    }
}
