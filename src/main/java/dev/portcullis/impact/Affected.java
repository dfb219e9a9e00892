package dev.portcullis.impact;

import dev.portcullis.impact.Change.Reason;
import dev.portcullis.impact.Change.Verdict;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An owner for whom something becomes different, however many of its matters do. */
public final class Affected {
    /** Reasons of a kind that are kept; the rest say the same of other containers and fields. */
    private static final int MOST_REASONS = 20;

    private final Owner owner;
    private int denied;
    private int allowed;
    private int warned;
    private int patched;
    private final Set<Reason> denials = new LinkedHashSet<>();
    private final Set<Reason> reliefs = new LinkedHashSet<>();
    private final Set<Reason> warnings = new LinkedHashSet<>();
    private final Set<String> patches = new LinkedHashSet<>();

    /**
     * Whom it concerns.
     *
     * @param place the file, the cluster or the engine; null where that is plain
     * @param namespace null where there is none
     * @param name null where there is none yet
     */
    public record Owner(
            @Nullable String place,
            String kind,
            @Nullable String namespace,
            @Nullable String name) {
        /** As a person would say it: {@code Deployment shop/web}. */
        public String display() {
            String shown = name == null ? "(unnamed)" : name;
            return kind + " " + (namespace == null ? shown : namespace + "/" + shown);
        }
    }

    Affected(Owner owner) {
        this.owner = owner;
    }

    void add(Change change) {
        denied += change.verdict() == Verdict.DENIED ? 1 : 0;
        allowed += change.verdict() == Verdict.ALLOWED ? 1 : 0;
        warned += change.warnings().isEmpty() ? 0 : 1;
        patched += change.patches().isEmpty() ? 0 : 1;
        keep(change.verdict() == Verdict.ALLOWED ? reliefs : denials, change.why());
        keep(warnings, change.warnings());
        keep(patches, change.patches());
    }

    private static <T> void keep(Set<T> kept, List<T> more) {
        more.stream()
                .limit(MOST_REASONS - (long) Math.min(kept.size(), MOST_REASONS))
                .forEach(kept::add);
    }

    /** Whom it concerns. */
    public Owner owner() {
        return owner;
    }

    /** How many of its matters are allowed and would be denied. */
    public int denied() {
        return denied;
    }

    /** How many of its matters are denied and would be allowed. */
    public int allowed() {
        return allowed;
    }

    /** How many of its matters would be warned of what they are not warned of now. */
    public int warned() {
        return warned;
    }

    /** How many of its matters would be changed where they are not now. */
    public int patched() {
        return patched;
    }

    /** What would deny. */
    public List<Reason> denials() {
        return List.copyOf(denials);
    }

    /** What denies now, and would no more. */
    public List<Reason> reliefs() {
        return List.copyOf(reliefs);
    }

    /** What would warn. */
    public List<Reason> warnings() {
        return List.copyOf(warnings);
    }

    /** The fields that would be changed. */
    public List<String> patches() {
        return List.copyOf(patches);
    }
}
