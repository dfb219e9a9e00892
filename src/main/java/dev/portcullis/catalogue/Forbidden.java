package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;

/** Acts of which a policy says only who may do them. */
final class Forbidden {
    /** What somebody can do about an act that has no gentler form. */
    static final String REMEDY = "have it done by somebody whom the policy excepts (spec.acts)";

    private Forbidden() {}

    /** Every deed of a kind fails; {@code state} is what it does and why that matters. */
    static void judge(Act act, Class<? extends Deed> kind, String state, Findings findings) {
        if (kind.isInstance(act.deed())) {
            findings.fail(state, REMEDY);
        }
    }
}
