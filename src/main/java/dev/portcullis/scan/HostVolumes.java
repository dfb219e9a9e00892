package dev.portcullis.scan;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The directories of hosts behind claims: PersistentVolumes of the sources {@code hostPath} and {@code local} that are bound. */
final class HostVolumes {
    static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(HostVolumes.class);

    /** By the volume's name. */
    private final Map<String, Bound> volumes = new ConcurrentHashMap<>();

    /** Their names, by namespace and name of the claim. */
    private final Map<String, String> bound = new ConcurrentHashMap<>();

    private record Bound(String namespace, String claim, String path) {
        String key() {
            return namespace + "/" + claim;
        }
    }

    /** A volume is there; gives the namespaces of those that may be concerned. */
    Set<String> seen(JsonNode volume) {
        String name = volume.path("metadata").path("name").stringValue("");
        Bound now = bound(volume);
        Bound before = now == null ? volumes.remove(name) : volumes.get(name);
        if (now != null && before == null && volumes.size() >= MOST) {
            LOG.warn(
                    "there are more than {} volumes of host paths: PersistentVolume {} is not looked behind",
                    MOST,
                    name);
            return Set.of();
        }
        if (now != null) {
            volumes.put(name, now);
        }
        return replace(name, before, now);
    }

    /** A volume is there no more. */
    Set<String> gone(String name) {
        return replace(name, volumes.remove(name), null);
    }

    private Set<String> replace(String name, @Nullable Bound before, @Nullable Bound now) {
        if (before == null ? now == null : before.equals(now)) {
            return Set.of();
        }
        Map<String, Boolean> namespaces = new HashMap<>();
        if (before != null) {
            // Another volume may have been seen bound to the claim already.
            bound.remove(before.key(), name);
            namespaces.put(before.namespace(), true);
        }
        if (now != null) {
            bound.put(now.key(), name);
            namespaces.put(now.namespace(), true);
        }
        return namespaces.keySet();
    }

    /** One that is released names the claim that is no more; another claim of that name is bound to another volume. */
    private static @Nullable Bound bound(JsonNode volume) {
        JsonNode spec = volume.path("spec");
        if (volume.path("status").path("phase").stringValue("Bound").equals("Released")) {
            return null;
        }
        String ofHost = spec.path("hostPath").path("path").stringValue("");
        String path = ofHost.isEmpty() ? spec.path("local").path("path").stringValue("") : ofHost;
        String claim = spec.path("claimRef").path("name").stringValue("");
        String namespace = spec.path("claimRef").path("namespace").stringValue("");
        return path.isEmpty() || claim.isEmpty() ? null : new Bound(namespace, claim, path);
    }

    /** The directories behind the claims that a pod mounts, by the claims' names. */
    Map<String, String> behind(String namespace, JsonNode podSpec) {
        if (bound.isEmpty()) {
            return Map.of();
        }
        Map<String, String> found = new HashMap<>();
        for (JsonNode volume : podSpec.path("volumes")) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").stringValue("");
            String name = claim.isEmpty() ? null : bound.get(namespace + "/" + claim);
            Bound behind = name == null ? null : volumes.get(name);
            if (behind != null) {
                found.put(claim, behind.path());
            }
        }
        return found;
    }
}
