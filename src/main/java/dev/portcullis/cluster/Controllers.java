package dev.portcullis.cluster;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.kubernetes.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Controllers of pods that are asked for one by one, and remembered for a while: only exemptions ask, and of few. */
public final class Controllers {
    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
    private static final int MOST_REMEMBERED = 100;

    private final KubernetesClient client;
    private final Map<String, JsonNode> remembered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonNode> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** None is remembered yet. */
    Controllers(KubernetesClient client) {
        this.client = client;
    }

    /** The one that a reference names, when the cluster has it under the uid of the reference. */
    public synchronized Optional<JsonNode> of(String namespace, OwnerReference reference) {
        Kind kind = Kind.of(reference.group(), reference.kind()).orElse(null);
        if (kind == null || reference.uid().isEmpty() || !Namespaces.isName(namespace)) {
            return Optional.empty();
        }
        JsonNode known = remembered.get(reference.uid());
        if (known == null) {
            known = ask(kind, namespace, reference);
            if (known != null) {
                remembered.put(reference.uid(), known);
            }
        }
        return Optional.ofNullable(known);
    }

    /** Asks for one anew when it is next wanted. */
    public synchronized void forget(String uid) {
        remembered.remove(uid);
    }

    private @Nullable JsonNode ask(Kind kind, String namespace, OwnerReference reference) {
        ObjectNode found = object(kind, namespace, reference.name());
        return found != null
                        && reference
                                .uid()
                                .equals(found.path("metadata").path("uid").stringValue(""))
                ? found
                : null;
    }

    /** One object as scans look at it; null where it is not there, or cannot be had. */
    public @Nullable ObjectNode object(Kind kind, String namespace, String name) {
        if (!ObjectName.isOne(name)) {
            return null;
        }
        try {
            String text = client.raw(kind.path(namespace) + "/" + name);
            return text != null && Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object
                    ? Trees.live(object, kind)
                    : null;
        } catch (KubernetesClientException | UnreadableException refused) {
            LOG.debug("{} {}/{} cannot be had", kind.id(), namespace, name, refused);
            return null;
        }
    }
}
