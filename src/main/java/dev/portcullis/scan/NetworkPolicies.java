package dev.portcullis.scan;

import dev.portcullis.policy.Selector;
import dev.portcullis.workload.Setting.Observation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Who may reach the pods of a namespace, as far as its NetworkPolicies say. */
final class NetworkPolicies {
    static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(NetworkPolicies.class);

    private final Map<String, Map<String, Ingress>> byNamespace = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean overfull;

    /**
     * What one says of ingress.
     *
     * @param open whether it lets everybody in
     */
    private record Ingress(Selector pods, boolean open) {}

    void seen(JsonNode policy) {
        JsonNode metadata = policy.path("metadata");
        String namespace = metadata.path("namespace").stringValue("");
        String name = metadata.path("name").stringValue("");
        JsonNode spec = policy.path("spec");
        if (!isOfIngress(spec)) {
            gone(namespace, name);
            return;
        }
        if (count.get() >= MOST) {
            if (!overfull) {
                LOG.warn("there are more than {} NetworkPolicies: which pods they isolate is not judged", MOST);
            }
            overfull = true;
            return;
        }
        Ingress before = byNamespace
                .computeIfAbsent(namespace, _ -> new ConcurrentHashMap<>())
                .put(name, new Ingress(Labels.selector(spec.path("podSelector")), isOpen(spec)));
        if (before == null) {
            count.incrementAndGet();
        }
    }

    void gone(String namespace, String name) {
        Map<String, Ingress> left = byNamespace.get(namespace);
        if (left != null && left.remove(name) != null) {
            count.decrementAndGet();
        }
    }

    /** One that does not say is of ingress. */
    private static boolean isOfIngress(JsonNode spec) {
        JsonNode types = spec.path("policyTypes");
        return types.isEmpty()
                || types.valueStream().anyMatch(type -> type.asString("").equals("Ingress"));
    }

    /** A rule that names neither peers nor ports is for everybody. */
    private static boolean isOpen(JsonNode spec) {
        return spec.path("ingress")
                .valueStream()
                .anyMatch(rule ->
                        rule.path("from").isEmpty() && rule.path("ports").isEmpty());
    }

    /** Whether others reach a pod unasked; null where nobody knows. */
    @Nullable Observation<Boolean> isolate(String namespace, JsonNode pod) {
        if (overfull) {
            return null;
        }
        if (pod.path("spec").path("hostNetwork").booleanValue(false)) {
            return new Observation<>(false, "it uses the host's network, where no NetworkPolicy counts");
        }
        Map<String, String> labels = Labels.of(pod);
        boolean isolated = false;
        for (Map.Entry<String, Ingress> policy :
                byNamespace.getOrDefault(namespace, Map.of()).entrySet()) {
            if (policy.getValue().pods().chooses(labels)) {
                if (policy.getValue().open()) {
                    return new Observation<>(false, "NetworkPolicy " + policy.getKey() + " lets everybody in");
                }
                isolated = true;
            }
        }
        return new Observation<>(
                isolated, isolated ? "" : "no NetworkPolicy of namespace " + namespace + " restricts who reaches it");
    }
}
