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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an informer keeps where objects are told of and let go: their names, uids, versions and what tells of changes. */
final class Sieve implements ItemStore<GenericKubernetesResource> {
    private static final Logger LOG = LoggerFactory.getLogger(Sieve.class);

    private final Kind kind;
    private final Following.Listener listener;
    private final Map<String, Version> versions = new ConcurrentHashMap<>();

    /** @param content of what is looked at: a change of a status is none */
    private record Version(String uid, String resourceVersion, long content) {}

    Sieve(Kind kind, Following.Listener listener) {
        this.kind = kind;
        this.listener = listener;
    }

    boolean has(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").stringValue("");
        String name = metadata.path("name").stringValue("");
        Version version = versions.get(namespace.isEmpty() ? name : namespace + "/" + name);
        return version != null
                && (version.resourceVersion()
                                .equals(metadata.path("resourceVersion").stringValue(""))
                        || version.content() == content(object));
    }

    private static long content(ObjectNode object) {
        return Fingerprint.of("resourceVersion", object);
    }

    @Override
    public String getKey(GenericKubernetesResource object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    // One object that cannot be looked at must not end the watch of all others.
    @SuppressWarnings("CatchingUnchecked")
    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        Version before = versions.get(key);
        String uid = object.getMetadata().getUid();
        String version = object.getMetadata().getResourceVersion();
        if (before != null
                && before.uid().equals(uid)
                && before.resourceVersion().equals(version)) {
            return stub(key, before);
        }
        try {
            ObjectNode whole = JsonMapper.shared().valueToTree(object);
            ObjectNode looked = Trees.live(whole, kind);
            long content = content(looked);
            versions.put(key, new Version(uid, version, content));
            if (before == null || before.content() != content) {
                listener.seen(looked);
            }
        } catch (RuntimeException broken) {
            LOG.error("{} {} cannot be looked at", kind.id(), key, broken);
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
