package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an informer keeps: trees, trimmed, none of which gives way to an older one of itself. */
final class Kept implements ItemStore<GenericKubernetesResource> {
    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);

    private final Function<GenericKubernetesResource, ObjectNode> trim;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** The tree, and the little of the object that an informer asks for. */
    private record Entry(GenericKubernetesResource stub, ObjectNode tree) {}

    Kept(Function<GenericKubernetesResource, ObjectNode> trim) {
        this.trim = trim;
    }

    /** Null where there is none. */
    @Nullable JsonNode tree(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.tree();
    }

    List<JsonNode> trees() {
        return entries.values().stream().<JsonNode>map(Entry::tree).toList();
    }

    @Override
    public String getKey(GenericKubernetesResource object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    // One object that cannot be kept must not end the watch of all others.
    @SuppressWarnings("CatchingUnchecked")
    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        Entry before = entries.get(key);
        GenericKubernetesResource old = before == null ? null : before.stub();
        if (old != null && isOlder(object, old)) {
            return old;
        }
        try {
            entries.put(key, new Entry(stub(object), trim.apply(object)));
        } catch (RuntimeException broken) {
            LOG.error("{} {} cannot be kept", object.getKind(), key, broken);
        }
        return old;
    }

    private static boolean isOlder(GenericKubernetesResource object, GenericKubernetesResource kept) {
        Long generation = object.getMetadata().getGeneration();
        Long known = kept.getMetadata().getGeneration();
        return generation != null
                && known != null
                && generation < known
                && Objects.equals(
                        object.getMetadata().getUid(), kept.getMetadata().getUid());
    }

    private static GenericKubernetesResource stub(GenericKubernetesResource object) {
        GenericKubernetesResource stub = new GenericKubernetesResource();
        stub.setApiVersion(object.getApiVersion());
        stub.setKind(object.getKind());
        stub.setMetadata(new ObjectMetaBuilder()
                .withName(object.getMetadata().getName())
                .withNamespace(object.getMetadata().getNamespace())
                .withUid(object.getMetadata().getUid())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .withGeneration(object.getMetadata().getGeneration())
                .build());
        return stub;
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        Entry removed = entries.remove(key);
        return removed == null ? null : removed.stub();
    }

    @Override
    public Stream<String> keySet() {
        return entries.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return entries.values().stream().map(Entry::stub);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.stub();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
