package dev.portcullis.policy;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Requester;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds something at the moment it is judged. What costs anything to know is sought when a policy first asks for
 * it, and once. For one decision, by one thread.
 */
public final class Circumstances {
    private final Instant now;
    private final Requester requester;
    private final Map<String, String> labels;
    private final FieldPath pod;
    private final Variables variables;
    private final Supplier<NamespaceKnowledge> namespaces;
    private final Supplier<List<Owner>> ownership;
    private final @Nullable Circumstances origin;
    private @Nullable NamespaceKnowledge namespace;
    private @Nullable List<Owner> owners;
    private @Nullable Map<Object, Object> remembered;

    /**
     * The circumstances of one object.
     *
     * @param now by which exemptions expire
     * @param requester who asks for it
     * @param labels those of the object
     * @param pod where the pod, or the template of pods, stands in its document
     * @param namespaces looks up its namespace
     * @param ownership looks up the controllers to which it belongs, the nearest first
     */
    public Circumstances(
            Instant now,
            Requester requester,
            Map<String, String> labels,
            FieldPath pod,
            Variables variables,
            Supplier<NamespaceKnowledge> namespaces,
            Supplier<List<Owner>> ownership) {
        this(now, requester, labels, pod, variables, namespaces, ownership, null);
    }

    private Circumstances(
            Instant now,
            Requester requester,
            Map<String, String> labels,
            FieldPath pod,
            Variables variables,
            Supplier<NamespaceKnowledge> namespaces,
            Supplier<List<Owner>> ownership,
            @Nullable Circumstances origin) {
        this.now = now;
        this.requester = requester;
        this.labels = labels;
        this.pod = pod;
        this.variables = variables;
        this.namespaces = namespaces;
        this.ownership = ownership;
        this.origin = origin;
    }

    /** Those of something outside of any cluster, at a moment. */
    public static Circumstances at(Instant now) {
        return at(now, Requester.UNKNOWN);
    }

    /** Those of something outside of any cluster that somebody asks for. */
    public static Circumstances at(Instant now, Requester requester) {
        return at(now, requester, NamespaceKnowledge.Assumed::new);
    }

    /** Those of an act: it has no labels, no owners, and nothing that rules speak of. */
    public static Circumstances at(Instant now, Requester requester, Supplier<NamespaceKnowledge> namespaces) {
        return new Circumstances(now, requester, Map.of(), FieldPath.ROOT, Variables.NONE, namespaces, List::of);
    }

    Instant now() {
        return now;
    }

    Requester requester() {
        return requester;
    }

    Map<String, String> labels() {
        return labels;
    }

    /** What rules speak of. */
    public Variables variables() {
        return variables;
    }

    /** Where the pod, or the template of pods, stands in its document. */
    public FieldPath pod() {
        return pod;
    }

    /** What is known of its namespace. */
    public NamespaceKnowledge namespace() {
        if (namespace == null) {
            namespace = namespaces.get();
        }
        return namespace;
    }

    /** What somebody made of these circumstances before, or makes of them now. */
    @SuppressWarnings("unchecked") // whatever is kept under a key was made by its maker
    public <T> T remember(Object key, Supplier<T> maker) {
        if (remembered == null) {
            remembered = new HashMap<>();
        }
        Object known = remembered.get(key);
        if (known == null) {
            // The maker may remember something itself.
            known = maker.get();
            remembered.put(key, known);
        }
        return (T) known;
    }

    /** Those of the decision for whose sake these are considered. */
    public Circumstances origin() {
        return origin == null ? this : origin;
    }

    /** The controllers to which it belongs for certain, the nearest first. */
    List<Owner> owners() {
        if (owners == null) {
            owners = ownership.get();
        }
        return owners;
    }

    /** The same for what there was before an update: policies apply to it as they apply to what it becomes. */
    public Circumstances before() {
        return new Circumstances(
                now, requester, labels, pod, variables.before(), this::namespace, this::owners, origin());
    }

    /** The same as seen from the pod that an owner's template describes. */
    Circumstances of(Owner owner) {
        return new Circumstances(
                now,
                requester,
                labels,
                FieldPath.ROOT,
                variables.about(owner.object()),
                this::namespace,
                List::of,
                origin());
    }
}
