package dev.portcullis.document;

import java.util.Set;

/** Whose reading of YAML counts. */
public enum YamlDialect {
    /** {@code sigs.k8s.io/yaml}, strict: {@code yes} is true, a key that a merge brings a second time is refused. */
    KUBERNETES,
    /**
     * {@code go.yaml.in/yaml/v4}, as Docker Compose uses it: {@code yes} is a text, and a mapping's own keys win over those
     * that it merges, the first that is merged over the next. A key that stands twice in one mapping is refused.
     */
    COMPOSE;

    /** Chooses by the keys of a document's root, since texts of several dialects may be in one stream. */
    @FunctionalInterface
    public interface Choice {
        /** Every document is read as Kubernetes reads. */
        Choice KUBERNETES_ONLY = keys -> KUBERNETES;

        /** The dialect of a document with these keys. */
        YamlDialect of(Set<String> rootKeys);
    }
}
