package dev.portcullis.live;

import dev.portcullis.cluster.StatusResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings statuses up to date: a few at a time, and ever less often where that fails. Decisions never wait for it. For one
 * thread.
 */
final class StatusKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(StatusKeeper.class);
    private static final int MOST_AT_ONCE = 20;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** Beside the resources' own: without the right to write one there is none to write another. */
    private static final String ALL = "";

    private final BiFunction<JsonNode, ObjectNode, StatusResult> writer;
    private final InstantSource clock;
    private final Map<String, Pause> pauses = new HashMap<>();

    /** A resource whose status is not written before a moment. */
    private record Pause(Instant until, Duration length) {}

    /** A resource, and what its status should show. */
    record Wanted(JsonNode resource, List<Condition> conditions) {
        String key() {
            return resource.path("kind").stringValue("") + "/" + Outcome.key(resource) + "/" + Outcome.uid(resource);
        }
    }

    StatusKeeper(BiFunction<JsonNode, ObjectNode, StatusResult> writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Writes those that are not as they should be; what is left is for another time. */
    void keep(List<Wanted> all) {
        Instant now = clock.instant();
        Set<String> present = all.stream().map(Wanted::key).collect(Collectors.toSet());
        pauses.keySet().removeIf(key -> !key.equals(ALL) && !present.contains(key));
        int written = 0;
        for (Wanted wanted : all) {
            ObjectNode status = ResourceStatus.change(wanted.resource(), wanted.conditions(), now);
            if (status == null) {
                pauses.remove(wanted.key());
                continue;
            }
            if (written < MOST_AT_ONCE && !pausing(ALL, now) && !pausing(wanted.key(), now)) {
                written++;
                write(wanted, status, now);
            }
        }
    }

    private boolean pausing(String key, Instant now) {
        Pause pause = pauses.get(key);
        return pause != null && now.isBefore(pause.until());
    }

    private void write(Wanted wanted, ObjectNode status, Instant now) {
        switch (writer.apply(wanted.resource(), status)) {
            case WRITTEN -> pauses.remove(ALL);
            case FORBIDDEN -> {
                if (!pauses.containsKey(ALL)) {
                    LOG.warn("statuses cannot be written: it is forbidden (apply k8s-manifests/rbac.yaml)");
                }
                pause(ALL, now);
            }
            case OUTDATED, FAILED -> pause(wanted.key(), now);
        }
    }

    private void pause(String key, Instant now) {
        @Nullable Pause before = pauses.get(key);
        Duration doubled = before == null ? FIRST_PAUSE : before.length().multipliedBy(2);
        Duration length = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        pauses.put(key, new Pause(now.plus(length), length));
    }
}
