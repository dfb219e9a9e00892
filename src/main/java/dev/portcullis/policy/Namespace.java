package dev.portcullis.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes namespace, as far as policies ask about it.
 *
 * @param uid null where it comes from a document rather than from a cluster
 */
public record Namespace(
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable String uid) {}
