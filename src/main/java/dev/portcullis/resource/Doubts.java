package dev.portcullis.resource;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.Words;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of exemptions that can be read, but do less than they look like or not for long. */
final class Doubts {
    private static final Duration SOON = Duration.ofDays(14);

    private final PolicySet policies;
    private final Instant now;

    Doubts(PolicySet policies, Instant now) {
        this.policies = policies;
        this.now = now;
    }

    void tell(ResourceReader.Placed placed) {
        Field spec = placed.root().member("spec");
        if (spec != null) {
            tellOfContainers(placed.exemption(), spec.member("subject"));
            tellOfChecks(placed.exemption(), spec.member("checks"));
            tellOfEnd(placed.exemption(), spec.member("expiresAt"));
        }
    }

    private void tellOfEnd(Exemption exemption, @Nullable Field expiresAt) {
        if (expiresAt == null) {
            return;
        }
        if (!exemption.countsAt(now)) {
            expiresAt.refuse("has passed: remove the exemption, or renew it");
        } else if (!exemption.countsAt(now.plus(SOON))) {
            expiresAt.refuse("is less than " + SOON.toDays() + " days away: renew it, or mend the workload");
        }
    }

    private void tellOfChecks(Exemption exemption, @Nullable Field checks) {
        for (Field element : checks == null ? List.<Field>of() : checks.elements()) {
            String id = element.asText();
            if (id != null) {
                tellOfCheck(exemption, id, element);
            }
        }
    }

    private void tellOfCheck(Exemption exemption, String id, Field element) {
        Check check = Catalogue.find(id).orElse(null);
        if (check != null && forms(exemption.subject()).stream().noneMatch(check.info()::concerns)) {
            element.refuse(Words.value(id) + " asks nothing of a "
                    + exemption.subject().kind() + ": remove it");
            return;
        }
        Mode strictest = policies.policies().stream()
                .filter(policy -> policies.heeds(policy, exemption))
                .map(policy -> policy.modeOf(id))
                .max(Comparator.naturalOrder())
                .orElse(Mode.OFF);
        if (strictest == Mode.OFF) {
            element.refuse("no policy that heeds this exemption asks " + Words.value(id) + ": remove it");
        } else if (strictest != Mode.ENFORCE) {
            element.refuse("no policy that heeds this exemption enforces " + Words.value(id) + ", so it denies nothing"
                    + " (mode " + strictest.id() + "): remove it, unless it should not be told either");
        }
    }

    private static void tellOfContainers(Exemption exemption, @Nullable Field subject) {
        Field containers = subject == null ? null : subject.member("containers");
        boolean ofPodAlone = exemption.checks().stream()
                .allMatch(id -> Catalogue.find(id)
                        .filter(check -> check.info().concernsNoContainer(Form.POD))
                        .isPresent());
        if (containers != null && exemption.subject().platform() == Platform.KUBERNETES && ofPodAlone) {
            containers.refuse("the checks named are about the pod as a whole, so this narrows nothing: remove it");
        }
    }

    private static Set<Form> forms(Exemption.Holder holder) {
        if (holder.platform() == Platform.KUBERNETES) {
            return holder.kind().equals(Kinds.POD) ? Set.of(Form.POD, Form.POD_REQUEST) : Set.of(Form.POD);
        }
        return switch (holder.kind()) {
            case "ComposeService" -> Set.of(Form.COMPOSE_SERVICE);
            case "Image" -> Set.of(Form.IMAGE);
            default -> Set.of(Form.CONTAINER, Form.ENGINE_REQUEST);
        };
    }
}
