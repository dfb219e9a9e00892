package dev.portcullis.live;

import dev.portcullis.resource.PolicyError;
import dev.portcullis.resource.PolicyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the resources of one kind, each by itself, and remembers of each name the last version that could be used. A name
 * that is gone is remembered for a while but does not count: {@code kubectl replace --force} deletes and makes anew.
 */
final class LastGood<T> {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 1_000;
    private static final int LONGEST_ERROR = 2_000;
    static final int MOST = 5_000;
    private static final String TOO_MANY =
            "there are more than %,d of its kind; delete those that are not needed".formatted(MOST);

    private final Reader<T> reader;
    private final boolean remembersGone;
    private final Alarms alarms;
    private final Map<String, Outcome<T>> outcomes = new HashMap<>();
    private final Map<String, Gone<T>> gone = new HashMap<>();
    private boolean first = true;

    /** Understands one resource. */
    interface Reader<T> {
        T read(JsonNode resource) throws PolicyException;
    }

    private record Gone<T>(Outcome<T> last, Instant since) {}

    /**
     * Nothing is remembered yet.
     *
     * @param remembersGone false where what somebody took away must not come back by itself
     */
    LastGood(Reader<T> reader, boolean remembersGone, Alarms alarms) {
        this.reader = reader;
        this.remembersGone = remembersGone;
        this.alarms = alarms;
    }

    /** What has become of the resources that there are now, in the order of their names. */
    List<Outcome<T>> read(List<JsonNode> resources, Instant now) {
        SortedMap<String, JsonNode> present = new TreeMap<>();
        resources.forEach(resource -> present.put(Outcome.key(resource), resource));
        forget(present.keySet(), now);
        List<Outcome<T>> all = new ArrayList<>();
        present.forEach((key, resource) -> {
            Outcome<T> outcome = read(key, resource, all.size() < MOST);
            outcomes.put(key, outcome);
            all.add(outcome);
        });
        first = false;
        return all;
    }

    private void forget(Set<String> present, Instant now) {
        gone.values().removeIf(one -> one.since().plus(REMEMBERED).isBefore(now));
        outcomes.entrySet().removeIf(entry -> {
            boolean left = !present.contains(entry.getKey());
            if (left) {
                alarms.loaded(entry.getValue().title() + " is gone");
                if (remembersGone && gone.size() < MOST_REMEMBERED) {
                    gone.put(entry.getKey(), new Gone<>(entry.getValue(), now));
                }
            }
            return left;
        });
    }

    /** One that is in force stays so however many come beside it. */
    private Outcome<T> read(String key, JsonNode resource, boolean room) {
        Outcome<T> before = outcomes.get(key);
        if (before != null && before.isOf(resource) && !(room && TOO_MANY.equals(before.error()))) {
            return before.with(resource);
        }
        if (before == null && gone.remove(key) instanceof Gone<T>(Outcome<T> last, Instant _)) {
            before = last;
        }
        boolean known = before != null && before.value() != null;
        Outcome<T> after = room || known ? read(resource, before) : unusable(resource, before, TOO_MANY);
        tell(before, after);
        return after;
    }

    // One resource that breaks the reader must not keep the others from being read.
    @SuppressWarnings("CatchingUnchecked")
    private Outcome<T> read(JsonNode resource, @Nullable Outcome<T> before) {
        try {
            return new Outcome<>(resource, reader.read(resource), resource, null, false);
        } catch (PolicyException wrong) {
            return unusable(resource, before, errors(wrong));
        } catch (RuntimeException fault) {
            alarms.broken(Outcome.key(resource) + " could not be read", fault);
            return unusable(resource, before, "it could not be read for a fault of the gate; its log has the cause");
        }
    }

    private Outcome<T> unusable(JsonNode resource, @Nullable Outcome<T> before, String error) {
        if (before != null) {
            return new Outcome<>(resource, before.value(), before.good(), error, before.blind());
        }
        // Generation 1 of what comes while we watch was never any better.
        boolean blind = first || Outcome.generation(resource) > 1;
        return new Outcome<>(resource, null, null, error, blind);
    }

    private static String errors(PolicyException wrong) {
        String all = wrong.errors().stream().map(PolicyError::message).collect(Collectors.joining("\n"));
        return all.length() <= LONGEST_ERROR ? all : all.substring(0, LONGEST_ERROR - 1) + "…";
    }

    private void tell(@Nullable Outcome<T> before, Outcome<T> after) {
        if (after.error() == null) {
            alarms.loaded(after.title() + " is read");
        } else if (before == null || !after.error().equals(before.error())) {
            alarms.refused(after.title()
                    + (after.value() == null
                            ? " cannot be used: "
                            : " cannot be used, and its last good version stays in force: ")
                    + after.error().replace('\n', ';'));
        }
    }
}
