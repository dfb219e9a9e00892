package dev.portcullis.scan;

import dev.portcullis.cluster.Kind;
import dev.portcullis.kubernetes.Manifests;
import dev.portcullis.kubernetes.OwnerReference;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a cluster runs, judged: controllers that no other controller made, and pods that are bare or drifted. A pod has
 * drifted when it violates what the template of its owner does not. Nothing of an object is kept but what tells whether
 * it, or what it is judged by, has changed.
 */
public final class Survey {
    /** A Job of a CronJob is the longest chain there is: pod, Job, CronJob. */
    private static final int LONGEST_CHAIN = 4;

    private final Judging judging;
    private final Told told;
    private final Map<ObjectKey, Entry> entries = new HashMap<>();
    private final Map<String, Entry> controllers = new HashMap<>();

    /** By the uid of the owner that they name, whether it is there or not. */
    private final Map<String, Set<Entry>> owned = new HashMap<>();

    private long judged;
    private int standing;

    /** What is known of one object. */
    private static final class Entry {
        private final ObjectKey key;
        private final String uid;
        private final @Nullable String owner;
        private long content;
        private Judging.@Nullable Basis basis;
        private Violations violations = Violations.NONE;
        private boolean orphan;
        private boolean asked;
        private boolean told;

        Entry(ObjectKey key, String uid, @Nullable String owner) {
            this.key = key;
            this.uid = uid;
            this.owner = owner;
        }

        boolean isPod() {
            return key.kind() == Kind.POD;
        }
    }

    /** Nothing has been seen yet. */
    public Survey(Judging judging, Told told) {
        this.judging = judging;
        this.told = told;
    }

    /** How often an object was judged. */
    public synchronized long judged() {
        return judged;
    }

    /** How many workloads stand for themselves. */
    public synchronized int standing() {
        return standing;
    }

    /** An object is there, or is another than before. Owners are best seen before what they own. */
    public synchronized void seen(Kind kind, ObjectNode object) {
        Entry entry = entry(kind, object);
        if (!entry.isPod() && parent(entry) != null) {
            // What made it is judged in its place.
            entry.asked = false;
            withdraw(entry);
            return;
        }
        Violations before = entry.violations;
        boolean first = entry.basis == null;
        look(entry, object);
        if (!entry.isPod() && (first || entry.violations != before)) {
            recompare(entry.uid);
        }
    }

    private Entry entry(Kind kind, ObjectNode object) {
        ObjectKey key = ObjectKey.of(kind, object);
        String uid = object.path("metadata").path("uid").stringValue("");
        OwnerReference reference = OwnerReference.ofController(object);
        boolean known = reference != null
                && Kind.of(reference.group(), reference.kind())
                        .filter(Kind::holdsPods)
                        .isPresent();
        String owner = known ? Objects.requireNonNull(reference).uid() : null;
        Entry before = entries.get(key);
        if (before != null && before.uid.equals(uid) && Objects.equals(before.owner, owner)) {
            return before;
        }
        Entry entry = new Entry(key, uid, owner);
        if (before != null) {
            forget(before);
            entry.told = before.told;
        }
        entries.put(key, entry);
        if (kind != Kind.POD) {
            controllers.put(uid, entry);
        }
        if (owner != null) {
            owned.computeIfAbsent(owner, _ -> new HashSet<>(4)).add(entry);
        }
        return entry;
    }

    private void look(Entry entry, ObjectNode object) {
        boolean asked = entry.asked;
        entry.asked = false;
        Manifests.Item item = Manifests.read(object, judging.cluster());
        if (!(item instanceof Manifests.Pods pods)) {
            if (item instanceof Manifests.Malformed malformed) {
                told.unreadable(entry.key, String.valueOf(malformed.problem().getMessage()));
            }
            withdraw(entry);
            return;
        }
        Entry owner = owner(entry);
        PolicySet set = judging.policies().get();
        long content = Content.of(object);
        Judging.Basis basis = judging.basis(set, pods, owner == null ? 0 : owner.content);
        boolean same = content == entry.content && basis.equals(entry.basis) && !asked;
        if (same && (entry.told || !standsAlone(entry))) {
            return;
        }
        judged++;
        Report report = judging.judge(set, pods);
        entry.content = content;
        entry.basis = basis;
        Violations violations = Violations.of(report, pods.object().place());
        entry.violations = violations.shared(entry.violations).shared(owner == null ? null : owner.violations);
        if (standsAlone(entry)) {
            standing += entry.told ? 0 : 1;
            entry.told = true;
            told.judged(new Surveyed(entry.key, object, report));
        } else {
            withdraw(entry);
        }
    }

    /** Whether it is told of for itself, once it has been judged. */
    private boolean standsAlone(Entry entry) {
        Entry owner = owner(entry);
        if (owner == null) {
            return entry.owner == null || entry.orphan;
        }
        return entry.isPod() && !owner.violations.holds(entry.violations);
    }

    /** The first of those that own something; null where nothing does that has been seen. */
    private @Nullable Entry owner(Entry owned) {
        Entry owner = null;
        Entry next = parent(owned);
        for (int i = 0; next != null && i < LONGEST_CHAIN; i++) {
            owner = next;
            next = parent(owner);
        }
        return owner;
    }

    /** A reference can be forged, but not reach into another namespace. */
    private @Nullable Entry parent(Entry owned) {
        Entry parent = owned.owner == null ? null : controllers.get(owned.owner);
        return parent != null && parent.key.namespace().equals(owned.key.namespace()) ? parent : null;
    }

    /** What an owner is like may be what its pods are like, or no longer. */
    private void recompare(String uid) {
        for (Entry entry : List.copyOf(owned.getOrDefault(uid, Set.of()))) {
            if (!entry.isPod()) {
                withdraw(entry);
                recompare(entry.uid);
            } else if (entry.basis != null && !standsAlone(entry)) {
                withdraw(entry);
            }
        }
    }

    private void withdraw(Entry entry) {
        if (entry.told) {
            entry.told = false;
            standing--;
            told.gone(entry.key);
        }
    }

    private void forget(Entry entry) {
        controllers.remove(entry.uid, entry);
        Set<Entry> siblings = entry.owner == null ? null : owned.get(entry.owner);
        if (siblings != null) {
            siblings.remove(entry);
            if (siblings.isEmpty()) {
                owned.remove(entry.owner);
            }
        }
    }

    /** An object is there no more. */
    public synchronized void gone(Kind kind, String namespace, String name) {
        Entry entry = entries.remove(new ObjectKey(kind, namespace, name));
        if (entry != null) {
            forget(entry);
            withdraw(entry);
        }
    }

    /** Wants to tell of a workload anew, although nothing has changed. */
    public synchronized void tellAgain(ObjectKey key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.asked = true;
        }
    }

    /**
     * Those that have to be seen again: those to be told of anew, pods that drifted when their owner changed, or that have other leave since, and what
     * names an owner that has not been seen by now, and so stands alone from now on.
     */
    public synchronized List<ObjectKey> wanted() {
        List<ObjectKey> wanted = new ArrayList<>();
        for (Entry entry : entries.values()) {
            Entry owner = owner(entry);
            boolean orphaned = owner == null && entry.owner != null && !entry.orphan;
            entry.orphan |= orphaned;
            if (entry.asked || orphaned || (entry.basis != null && isOutdated(entry, entry.basis, owner))) {
                wanted.add(entry.key);
            }
        }
        return wanted;
    }

    private boolean isOutdated(Entry entry, Judging.Basis basis, @Nullable Entry owner) {
        boolean otherLeave = basis.owner() != 0 && owner != null && basis.owner() != owner.content;
        return entry.isPod() && (otherLeave || (!entry.told && standsAlone(entry)));
    }
}
