package dev.portcullis.engine;

import dev.portcullis.workload.ImageConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What images say, by their identifiers, which never mean anything else; those that were asked for last. */
final class ImagesById {
    private static final int MOST = 1_000;

    private final Map<String, ImageConfig> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ImageConfig> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<ImageConfig> find(String id) {
        return Optional.ofNullable(known.get(id));
    }

    synchronized void learn(String id, ImageConfig config) {
        if (!id.isEmpty()) {
            known.put(id, config);
        }
    }
}
