package dev.portcullis.catalogue;

import java.util.Set;

/** Whoever judges a pod by the Pod Security Standards. */
@FunctionalInterface
interface Judge {

    /**
     * The checks that fail.
     *
     * @param level {@code baseline} or {@code restricted}
     * @param version {@code v1.0} to {@code v1.36}, or {@code latest}
     * @param pod a v1 Pod as JSON
     * @return ids of the checks that fail, empty where the pod is allowed
     */
    Set<String> failed(String level, String version, byte[] pod);
}
