package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to whom, merged: the same of the same owner is one series, of which the API server is told at once and then
 * at most every {@link #PAUSE}. Used by one thread.
 */
final class EventSeries {
    /** Between two writes of one series. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** For which a series goes on; API servers keep events no longer. */
    static final Duration LIFE = Duration.ofHours(1);

    /** Series of one owner: whose pods are denied for ever new reasons tells nothing more. */
    static final int MOST_OF_ONE_OWNER = 5;

    /** Series of all owners. */
    static final int MOST = 1_000;

    private final Map<Key, Series> all = new LinkedHashMap<>();

    private record Key(String ownerUid, String note) {}

    /** One series. */
    static final class Series {
        final ObjectReference owner;
        final String note;
        final Instant first;
        Instant last;
        int count;
        /** Of the event that the API server has, null where it has none. */
        @Nullable String name;

        private int told;
        private Instant toldAt = Instant.MIN;

        private Series(ObjectReference owner, String note, Instant first) {
            this.owner = owner;
            this.note = note;
            this.first = first;
            this.last = first;
        }

        /** The API server has been told of all until now, or could not be. */
        void told(Instant now) {
            told = count;
            toldAt = now;
        }

        private boolean isDue(Instant now) {
            return count > told && !now.isBefore(toldAt.plus(PAUSE));
        }
    }

    /**
     * Counts what has happened.
     *
     * @return whether it is to be told of: not where too much is
     */
    boolean add(ObjectReference owner, String note, Instant at) {
        forget(at);
        Key key = new Key(owner.getUid(), note);
        Series series = all.get(key);
        if (series == null) {
            if (all.size() >= MOST || ofOwner(owner.getUid()) >= MOST_OF_ONE_OWNER) {
                return false;
            }
            series = new Series(owner, note, at);
            all.put(key, series);
        }
        series.count++;
        series.last = at;
        return true;
    }

    private long ofOwner(String uid) {
        return all.keySet().stream().filter(key -> key.ownerUid().equals(uid)).count();
    }

    private void forget(Instant now) {
        Iterator<Series> oldest = all.values().iterator();
        while (oldest.hasNext()) {
            if (oldest.next().first.plus(LIFE).isAfter(now)) {
                return;
            }
            oldest.remove();
        }
    }

    /** Those of which the API server is to be told now. */
    List<Series> due(Instant now) {
        return all.values().stream().filter(series -> series.isDue(now)).toList();
    }
}
