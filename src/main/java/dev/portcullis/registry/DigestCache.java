package dev.portcullis.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What registries have answered. What they did not give is remembered apart, so that names that nobody has pushed cannot drive
 * out those that are in use.
 */
final class DigestCache {
    private final Duration refresh;
    private final Duration expiry;
    private final Duration retry;
    private final Duration forgetting;
    private final Bounded<ImageName, Known> known;
    private final Bounded<ImageName, Instant> missing;

    DigestCache(RegistrySettings settings) {
        this.refresh = settings.refresh();
        this.expiry = settings.expiry();
        this.retry = settings.retry();
        this.forgetting = settings.forgetting();
        this.known = new Bounded<>(settings.entries());
        this.missing = new Bounded<>(settings.entries());
    }

    private record Known(String digest, Instant answered, Instant used) {}

    /**
     * What is known of a name.
     *
     * @param digest null where nothing is
     * @param due whether it is time to ask
     */
    record Found(@Nullable String digest, boolean due) {}

    /** Finds a digest for somebody who needs it. */
    synchronized Found find(ImageName name, Instant now) {
        Known entry = known.get(name);
        boolean fresh = entry != null && now.isBefore(entry.answered.plus(refresh));
        if (entry != null) {
            known.put(name, new Known(entry.digest, entry.answered, now));
        }
        return new Found(usable(entry, now), !fresh && mayBeAsked(name, now));
    }

    /** The same for somebody who only looks. */
    synchronized Optional<String> peek(ImageName name, Instant now) {
        return known.containsKey(name) ? Optional.ofNullable(usable(known.get(name), now)) : Optional.empty();
    }

    private @Nullable String usable(@Nullable Known entry, Instant now) {
        return entry != null && now.isBefore(entry.answered.plus(expiry)) ? entry.digest : null;
    }

    private boolean mayBeAsked(ImageName name, Instant now) {
        Instant until = missing.get(name);
        return until == null || !now.isBefore(until);
    }

    /** Keeps an answer. */
    synchronized void resolved(ImageName name, String digest, Instant now) {
        Known before = known.get(name);
        known.put(name, new Known(digest, now, before == null ? now : before.used));
        missing.remove(name);
    }

    /** Remembers that there is no such tag. */
    synchronized void absent(ImageName name, Instant now) {
        known.remove(name);
        missing.put(name, now.plus(retry));
    }

    /** Remembers that there was no answer; an earlier one counts until it expires. */
    synchronized void failed(ImageName name, Instant now) {
        missing.put(name, now.plus(retry));
    }

    /** Forgets what nobody has asked for, and tells what is to be asked again. */
    synchronized List<ImageName> sweep(Instant now) {
        known.values().removeIf(entry -> !now.isBefore(entry.used.plus(forgetting)));
        missing.values().removeIf(until -> !now.isBefore(until));
        List<ImageName> due = new ArrayList<>();
        known.forEach((name, entry) -> {
            if (!now.isBefore(entry.answered.plus(refresh)) && !missing.containsKey(name)) {
                due.add(name);
            }
        });
        return due;
    }

    synchronized int size() {
        return known.size();
    }
}
