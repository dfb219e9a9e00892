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

    /** By namespace and name of the claim. */
    private final Map<String, String> paths = new ConcurrentHashMap<>();

    private record Bound(String namespace, String claim, String path) {
        String key() {
            return namespace + "/" + claim;
        }
    }

    /** A volume is there; gives the namespaces of those that may be concerned. */
    Set<String> seen(JsonNode volume) {
        String name = volume.path("metadata").path("name").stringValue("");
        Bound now = bound(volume.path("spec"));
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
        return replace(before, now);
    }

    /** A volume is there no more. */
    Set<String> gone(String name) {
        return replace(volumes.remove(name), null);
    }

    private Set<String> replace(@Nullable Bound before, @Nullable Bound now) {
        if (before == null ? now == null : before.equals(now)) {
            return Set.of();
        }
        Map<String, Boolean> namespaces = new HashMap<>();
        if (before != null) {
            paths.remove(before.key());
            namespaces.put(before.namespace(), true);
        }
        if (now != null) {
            paths.put(now.key(), now.path());
            namespaces.put(now.namespace(), true);
        }
        return namespaces.keySet();
    }

    private static @Nullable Bound bound(JsonNode spec) {
        String ofHost = spec.path("hostPath").path("path").stringValue("");
        String path = ofHost.isEmpty() ? spec.path("local").path("path").stringValue("") : ofHost;
        String claim = spec.path("claimRef").path("name").stringValue("");
        String namespace = spec.path("claimRef").path("namespace").stringValue("");
        return path.isEmpty() || claim.isEmpty() ? null : new Bound(namespace, claim, path);
    }

    /** The directories behind the claims that a pod mounts, by the claims' names. */
    Map<String, String> behind(String namespace, JsonNode podSpec) {
        if (paths.isEmpty()) {
            return Map.of();
        }
        Map<String, String> found = new HashMap<>();
        for (JsonNode volume : podSpec.path("volumes")) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").stringValue("");
            String path = claim.isEmpty() ? null : paths.get(namespace + "/" + claim);
            if (path != null) {
                found.put(claim, path);
            }
        }
        return found;
    }
}
