package dev.portcullis.live;

import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which of the exemptions in force have covered anything since the process began, or since they came into force. */
public final class ExemptionUse {
    private final Set<Exemption> used = ConcurrentHashMap.newKeySet();

    /** Learns from a decision; does not block. */
    public void learn(Report report) {
        for (Judged judged : report.findings()) {
            if (judged.exemption() != null) {
                used.add(judged.exemption());
            }
        }
    }

    /** Forgets those that are not in force any more, which bounds what is kept. */
    public void keepOnly(PolicySet inForce) {
        used.retainAll(Set.copyOf(inForce.exemptions()));
    }

    boolean isUsed(Exemption exemption) {
        return used.contains(exemption);
    }
}
