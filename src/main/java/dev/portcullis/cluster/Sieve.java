package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an informer keeps where objects are told of and let go: their names, uids and versions. */
final class Sieve implements ItemStore<GenericKubernetesResource> {
    private static final Logger LOG = LoggerFactory.getLogger(Sieve.class);

    private final Kind kind;
    private final Following.Listener listener;
    private final Map<String, Version> versions = new ConcurrentHashMap<>();

    private record Version(String uid, String resourceVersion) {}

    Sieve(Kind kind, Following.Listener listener) {
        this.kind = kind;
        this.listener = listener;
    }

    boolean has(String key, @Nullable String resourceVersion) {
        Version version = versions.get(key);
        return version != null && version.resourceVersion().equals(resourceVersion);
    }

    @Override
    public String getKey(GenericKubernetesResource object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    // One object that cannot be looked at must not end the watch of all others.
    @SuppressWarnings("CatchingUnchecked")
    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        Version now =
                new Version(object.getMetadata().getUid(), object.getMetadata().getResourceVersion());
        Version before = versions.put(key, now);
        if (!now.equals(before)) {
            try {
                ObjectNode whole = JsonMapper.shared().valueToTree(object);
                listener.seen(Trees.live(whole, kind));
            } catch (RuntimeException broken) {
                LOG.error("{} {} cannot be looked at", kind.id(), key, broken);
            }
        }
        return before == null ? null : stub(key, before);
    }

    @SuppressWarnings("CatchingUnchecked")
    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        Version removed = versions.remove(key);
        if (removed == null) {
            return null;
        }
        int slash = key.indexOf('/');
        try {
            listener.gone(slash < 0 ? "" : key.substring(0, slash), key.substring(slash + 1));
        } catch (RuntimeException broken) {
            LOG.error("the end of {} {} was not heeded", kind.id(), key, broken);
        }
        return stub(key, removed);
    }

    /** The little of an object that an informer asks for. */
    private GenericKubernetesResource stub(String key, Version version) {
        int slash = key.indexOf('/');
        GenericKubernetesResource stub = new GenericKubernetesResource();
        stub.setApiVersion(kind.apiVersion());
        stub.setKind(kind.id());
        stub.setMetadata(new ObjectMetaBuilder()
                .withName(key.substring(slash + 1))
                .withNamespace(slash < 0 ? null : key.substring(0, slash))
                .withUid(version.uid())
                .withResourceVersion(version.resourceVersion())
                .build());
        return stub;
    }

    @Override
    public Stream<String> keySet() {
        return versions.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return versions.entrySet().stream().map(entry -> stub(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return versions.size();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        Version version = versions.get(key);
        return version == null ? null : stub(key, version);
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
