package dev.portcullis.impact;

import dev.portcullis.policy.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Collects, by owner, what becomes different. */
public final class Impact {
    /** Owners that are told of; further ones are only counted. */
    public static final int MOST_OWNERS = 10_000;

    private static final Comparator<Affected> ORDER = Comparator.comparing((Affected affected) ->
                    Objects.requireNonNullElse(affected.owner().place(), ""))
            .thenComparing(affected -> affected.owner().display());

    private final Map<Affected.Owner, Affected> owners = new LinkedHashMap<>();
    private final int mostOwners;
    private int judged;
    private int omitted;
    private int unjudged;

    /** Of {@link #MOST_OWNERS} owners at most. */
    public Impact() {
        this(MOST_OWNERS);
    }

    /** Of so many owners at most. */
    public Impact(int mostOwners) {
        this.mostOwners = mostOwners;
    }

    /** How many owners are told of at most. */
    int mostOwners() {
        return mostOwners;
    }

    /** One matter, judged by the policies there are and by those that are to be. */
    public void add(Affected.Owner owner, Report before, Report after) {
        judged++;
        Change change = Change.between(before, after);
        if (!change.isAny()) {
            return;
        }
        Affected affected = owners.get(owner);
        if (affected == null && owners.size() >= mostOwners) {
            omitted++;
            return;
        }
        owners.computeIfAbsent(owner, Affected::new).add(change);
    }

    /** One matter that cannot be judged again, so that nothing is known of it. */
    public void addUnjudged() {
        unjudged++;
    }

    /** How many matters were judged. */
    public int judged() {
        return judged;
    }

    /** How many matters could not be judged again. */
    public int unjudged() {
        return unjudged;
    }

    /** How many matters of owners beyond those that are told of become different. */
    public int omitted() {
        return omitted;
    }

    /** Those for whom something becomes different, by place and name. */
    public List<Affected> owners() {
        List<Affected> sorted = new ArrayList<>(owners.values());
        sorted.sort(ORDER);
        return sorted;
    }

    /** The same to whom a certain thing happens. */
    List<Affected> owners(ToIntFunction<Affected> times) {
        return owners().stream()
                .filter(affected -> times.applyAsInt(affected) > 0)
                .toList();
    }

    /** Whether a certain thing happens to anybody. */
    public boolean any(Predicate<Affected> happens) {
        return owners.values().stream().anyMatch(happens);
    }
}
