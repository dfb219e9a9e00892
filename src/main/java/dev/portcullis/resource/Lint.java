package dev.portcullis.resource;

import dev.portcullis.policy.PolicySet;
import java.util.List;

/**
 * Policies and exemptions that can be used, and what their authors may not have meant.
 *
 * @param warnings in the order of the files
 */
public record Lint(PolicySet policies, List<PolicyError> warnings) {
    /** What was read: {@code 2 policies, 1 exemption}. */
    public String count() {
        return counted(policies.policies().size(), "policy", "policies") + ", "
                + counted(policies.exemptions().size(), "exemption", "exemptions");
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
