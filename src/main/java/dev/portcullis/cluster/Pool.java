package dev.portcullis.cluster;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches that come and go with what is needed, up to a bound. */
final class Pool<K extends Comparable<K>> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    private final String what;
    private final int most;
    private final Function<K, Watched> opening;
    private final Map<K, Watched> open = new ConcurrentHashMap<>();
    private volatile int omitted;

    /**
     * A pool.
     *
     * @param what is watched, as a log names it
     * @param most how many watches at once
     * @param opening makes one, not started
     */
    Pool(String what, int most, Function<K, Watched> opening) {
        this.what = what;
        this.most = most;
        this.opening = opening;
    }

    /** Opens those that are lacking, and closes those no longer needed. */
    synchronized void need(Set<K> keys) {
        Set<K> chosen = choose(keys);
        for (Map.Entry<K, Watched> entry : new HashMap<>(open).entrySet()) {
            if (!chosen.contains(entry.getKey())) {
                open.remove(entry.getKey());
                entry.getValue().close();
            }
        }
        for (K key : chosen) {
            if (!open.containsKey(key)) {
                Watched watched = opening.apply(key);
                open.put(key, watched);
                watched.start();
            }
        }
    }

    /** Those that are open stay, so that one more does not end another. */
    private Set<K> choose(Set<K> keys) {
        Set<K> chosen = new LinkedHashSet<>();
        keys.stream().filter(open::containsKey).forEach(chosen::add);
        for (K key : new TreeSet<>(keys)) {
            if (chosen.size() < most) {
                chosen.add(key);
            }
        }
        int left = keys.size() - chosen.size();
        if (left > 0 && left != omitted) {
            LOG.warn("{} more {} than the {} that are watched: what they hold does not count", left, what, most);
        }
        omitted = left;
        return chosen;
    }

    /** How many are needed beyond the bound. */
    int omitted() {
        return omitted;
    }

    Iterable<Watched> all() {
        return open.values();
    }

    @Nullable Watched get(K key) {
        return open.get(key);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Watched::close);
        open.clear();
    }
}
