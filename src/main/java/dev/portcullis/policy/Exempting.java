package dev.portcullis.policy;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Matter;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which violations of one matter there is leave for. An exemption covers a violation alone or not at all. That of a
 * controller covers what belongs to it for certain, and of this only what its own template is written to do.
 */
final class Exempting {
    private static final String DIGEST = "@sha256:";

    private final Matter matter;
    private final PolicySet policies;
    private final Circumstances circumstances;
    private final Map<String, List<Exemption>> candidates;
    private final Map<String, List<Exemption>> held = new HashMap<>();

    /** By owner, which is compared by what it is: its text may be long. */
    private final IdentityHashMap<Owner, Owned> owned = new IdentityHashMap<>();

    /** What one policy asks of an owner. */
    private record Asked(Policy policy, String check) {}

    /** What is known of an owner: the containers that are its own, and what policies find in it. */
    private record Owned(Set<String> containers, Map<Asked, Set<String>> found) {}

    Exempting(Matter matter, PolicySet policies, Circumstances circumstances) {
        this.matter = matter;
        this.policies = policies;
        this.circumstances = circumstances;
        this.candidates = policies.exemptionsFor(matter.subject());
    }

    /** What gives leave for a violation, null where nothing does. */
    @Nullable Exemption leave(Judged judged) {
        for (Exemption exemption : held(judged.finding().check().id())) {
            if (isForContainer(exemption, judged.finding())
                    && covers(exemption.subject(), judged)
                    && policies.heeds(judged.policy(), exemption)
                    && exemption.countsAt(circumstances.now())) {
                return exemption;
            }
        }
        return null;
    }

    /** What a check finds of a pod as a whole may concern containers that the exemption does not name. */
    private boolean isForContainer(Exemption exemption, Finding finding) {
        Set<String> containers = exemption.subject().containers();
        if (containers.isEmpty()) {
            return true;
        }
        String container = finding.container();
        return container == null
                ? finding.check().concernsNoContainer(matter.subject().form())
                : containers.contains(container);
    }

    /** Those for a check whose holder is the subject or owns it; sought once, however much the check finds. */
    private List<Exemption> held(String check) {
        List<Exemption> named = candidates.get(check);
        if (named == null) {
            return List.of();
        }
        List<Exemption> known = held.get(check);
        if (known == null) {
            known = named.stream()
                    .filter(exemption -> isSubject(exemption.subject()) || owner(exemption.subject()) != null)
                    .toList();
            held.put(check, known);
        }
        return known;
    }

    private boolean isSubject(Exemption.Holder holder) {
        Subject subject = matter.subject();
        return holder.kind().equals(subject.kind()) && holder.name().equals(subject.name());
    }

    private @Nullable Owner owner(Exemption.Holder holder) {
        if (matter instanceof Workload) {
            for (Owner owner : circumstances.owners()) {
                if (holder.kind().equals(owner.kind()) && holder.name().equals(owner.name())) {
                    return owner;
                }
            }
        }
        return null;
    }

    private boolean covers(Exemption.Holder holder, Judged judged) {
        if (isSubject(holder)) {
            return true;
        }
        Owner owner = owner(holder);
        return owner != null
                && isOwn(judged.finding().container(), owner)
                && found(owner, judged).contains(sameness(judged.finding(), circumstances.pod()));
    }

    private Owned known(Owner owner) {
        return owned.computeIfAbsent(owner, _ -> new Owned(ownContainers((Workload) matter, owner), new HashMap<>()));
    }

    /**
     * Whether a container runs what the owner's template has it run: a reference to an owner can be forged, and a container
     * that somebody adds has no leave. What is found of the pod as a whole concerns all of them.
     */
    private boolean isOwn(@Nullable String container, Owner owner) {
        Set<String> own = known(owner).containers();
        return container == null
                ? own.size() == ((Workload) matter).containers().size()
                : own.contains(container);
    }

    /** The names of those that the owner has too, with the same image. */
    private static Set<String> ownContainers(Workload pod, Owner owner) {
        Map<String, String> images = new HashMap<>();
        for (Container container : owner.pod().containers()) {
            images.put(container.name(), image(container));
        }
        Set<String> own = new HashSet<>();
        for (Container container : pod.containers()) {
            String image = images.get(container.name());
            if (image != null && isSameImage(image(container), image)) {
                own.add(container.name());
            }
        }
        return own;
    }

    /** A digest may have been added on the way. */
    private static boolean isSameImage(String image, String ofOwner) {
        return image.equals(ofOwner) || (image.startsWith(ofOwner + DIGEST) && ofOwner.indexOf('@') < 0);
    }

    private static String image(Container container) {
        String image = container.image().effective();
        return image == null ? "" : image;
    }

    /** Everything that a check or rule finds in what an owner's template describes. */
    private Set<String> found(Owner owner, Judged judged) {
        String id = judged.finding().check().id();
        return known(owner)
                .found()
                .computeIfAbsent(new Asked(judged.policy(), id), _ -> find(owner, judged.policy(), id));
    }

    private Set<String> find(Owner owner, Policy policy, String id) {
        Set<String> found = new HashSet<>();
        for (BoundCheck bound : policy.checks()) {
            if (bound.check().info().id().equals(id)) {
                Evaluation.ask(bound, owner.pod(), false).forEach(finding -> add(finding, found));
            }
        }
        for (BoundRule rule : policy.rules()) {
            if (rule.info().id().equals(id)) {
                Finding finding = Evaluation.ask(rule, owner.pod(), circumstances.of(owner), false);
                if (finding != null) {
                    add(finding, found);
                }
            }
        }
        return found;
    }

    private static void add(Finding finding, Set<String> found) {
        if (finding.result() == Result.FAIL) {
            found.add(sameness(finding, FieldPath.ROOT));
        }
    }

    /** What two findings have in common that are about the same thing, however deep in its document the pod stands. */
    private static String sameness(Finding finding, FieldPath pod) {
        String shape = finding.path() == null ? "" : finding.path().shape();
        int depth = pod.shape().length();
        String within = shape.length() > depth ? shape.substring(depth == 0 ? 0 : depth + 1) : shape;
        return String.join(
                "\0", String.valueOf(finding.container()), within, String.valueOf(finding.value()), finding.state());
    }
}
