package dev.portcullis.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers that hold for a while, the last that were used, each asked for once at a time. Safe for use by many threads. */
final class Remembered<V> {
    private static final int STRIPES = 64;

    private record Answer<V>(V value, long until) {}

    private final InstantSource clock;
    private final Duration age;
    private final Object[] asking = Stream.generate(Object::new).limit(STRIPES).toArray();
    private final Map<String, Answer<V>> answers;

    /**
     * None yet.
     *
     * @param age for how long one holds
     * @param most how many are kept
     */
    Remembered(InstantSource clock, Duration age, int most) {
        this.clock = clock;
        this.age = age;
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Answer<V>> eldest) {
                return size() > most;
            }
        };
    }

    /** Null where nothing is known, or not any more. */
    @Nullable V known(String key) {
        synchronized (answers) {
            Answer<V> answer = answers.get(key);
            if (answer != null && answer.until() <= clock.millis()) {
                answers.remove(key);
                return null;
            }
            return answer == null ? null : answer.value();
        }
    }

    /** What is known, or else what is said now; nothing is remembered where that fails. */
    V get(String key, Supplier<V> ask) {
        synchronized (asking[Math.floorMod(key.hashCode(), STRIPES)]) {
            V known = known(key);
            if (known != null) {
                return known;
            }
            V value = ask.get();
            synchronized (answers) {
                answers.put(key, new Answer<>(value, clock.millis() + age.toMillis()));
            }
            return value;
        }
    }
}
