package dev.portcullis.registration;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the gate is registered with an API server.
 *
 * @param name of both webhook configurations
 * @param namespace in which the gates run and have their Leases
 * @param target where API servers find the gates
 * @param validateFailurePolicy what becomes of requests that no gate answers
 * @param mutateFailurePolicy the same, of those that only want a patch
 * @param excludedNamespaces those the gates are not asked about
 * @param owner the ClusterRole with which the configurations go; null where they stay
 */
public record Registration(
        String name,
        String namespace,
        Target target,
        FailurePolicy validateFailurePolicy,
        FailurePolicy mutateFailurePolicy,
        Set<String> excludedNamespaces,
        @Nullable String owner) {

    /** The name of the configurations unless another is chosen. */
    public static final String DEFAULT_NAME = "portcullis";

    /** Where API servers find the gates. */
    public sealed interface Target {}

    /** Behind a Service in the gates' own namespace, on port 443. */
    public record Service(String name) implements Target {}

    /** By a URL, to which a webhook's path is added. */
    public record Url(URI base) implements Target {}

    /** What an API server does where no gate answers, as Kubernetes writes it. */
    public enum FailurePolicy {
        /** It refuses. */
        FAIL("Fail"),
        /** It lets pass. */
        IGNORE("Ignore");

        private final String id;

        FailurePolicy(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    /** A gate behind a Service runs in the cluster: its own pods must start while none of them answers. */
    Set<String> excluded() {
        if (target instanceof Url) {
            return excludedNamespaces;
        }
        Set<String> all = new TreeSet<>(excludedNamespaces);
        all.add(namespace);
        return all;
    }
}
