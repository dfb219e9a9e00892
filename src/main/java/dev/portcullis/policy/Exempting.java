package dev.portcullis.policy;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Matter;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which violations of one matter there is leave for. An exemption covers a violation alone or not at all. That of a
 * controller covers what belongs to it for certain, and of this only what its own template is written to do.
 */
final class Exempting {
    private final Matter matter;
    private final PolicySet policies;
    private final Circumstances circumstances;
    private final Map<String, List<Exemption>> candidates;
    private final Map<Asked, Set<String>> owned = new HashMap<>();

    /** What one policy asks of one owner. */
    private record Asked(Owner owner, Policy policy, String check) {}

    Exempting(Matter matter, PolicySet policies, Circumstances circumstances) {
        this.matter = matter;
        this.policies = policies;
        this.circumstances = circumstances;
        this.candidates = policies.exemptionsFor(matter.subject());
    }

    /** What gives leave for a violation, null where nothing does. */
    @Nullable Exemption leave(Judged judged) {
        List<Exemption> named = candidates.get(judged.finding().check().id());
        if (named == null) {
            return null;
        }
        for (Exemption exemption : named) {
            if (isForContainer(exemption, judged.finding())
                    && isHeldFor(exemption.subject(), judged)
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

    private boolean isHeldFor(Exemption.Holder holder, Judged judged) {
        Subject subject = matter.subject();
        if (holder.kind().equals(subject.kind()) && holder.name().equals(subject.name())) {
            return true;
        }
        if (!(matter instanceof Workload)) {
            return false;
        }
        for (Owner owner : circumstances.owners()) {
            if (holder.kind().equals(owner.kind()) && holder.name().equals(owner.name())) {
                return found(owner, judged).contains(sameness(judged.finding(), circumstances.pod()));
            }
        }
        return false;
    }

    /** Everything that a check or rule finds in what an owner's template describes. */
    private Set<String> found(Owner owner, Judged judged) {
        String id = judged.finding().check().id();
        return owned.computeIfAbsent(new Asked(owner, judged.policy(), id), _ -> find(owner, judged.policy(), id));
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
                Finding finding = rule.ask(owner.pod(), circumstances.of(owner), false);
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
