package dev.portcullis.live;

import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Which of the exemptions in force have covered anything. */
public final class ExemptionUse {
    private final Map<Exemption, LongAdder> used = new ConcurrentHashMap<>();

    /** Learns from a decision; does not block. */
    public void learn(Report report) {
        for (Judged judged : report.findings()) {
            if (judged.exemption() != null) {
                used.computeIfAbsent(judged.exemption(), _ -> new LongAdder()).increment();
            }
        }
    }

    /** Forgets those that are not in force any more, which bounds what is kept. */
    public void keepOnly(PolicySet inForce) {
        used.keySet().retainAll(Set.copyOf(inForce.exemptions()));
    }

    boolean isUsed(Exemption exemption) {
        return used.containsKey(exemption);
    }

    /** How many violations it has covered since the process began, or since it came into force. */
    public long uses(Exemption exemption) {
        LongAdder counted = used.get(exemption);
        return counted == null ? 0 : counted.sum();
    }
}
