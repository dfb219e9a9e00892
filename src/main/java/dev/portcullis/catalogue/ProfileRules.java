package dev.portcullis.catalogue;

import dev.portcullis.check.Criteria;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Level;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What seccomp and AppArmor profiles are judged by alike. */
final class ProfileRules {
    /** The parameter that says which profiles may be sent with a request. */
    static final String ALLOW_INLINE = "allowInline";

    /** In it: those that are at least as strict as the default. */
    static final String STRICTER = "stricter";

    private static final int MOST_CALLS = 8;

    private ProfileRules() {}

    /** The Pod Security Standards' reading: the runtime's default, or any profile of the node. */
    static boolean isStandard(SecurityProfile profile) {
        return switch (profile.type()) {
            case RUNTIME_DEFAULT, LOCALHOST -> true;
            case INLINE, UNCONFINED, UNKNOWN -> false;
        };
    }

    /**
     * Judges a profile that is asked for.
     *
     * @param replaceable whether a policy may have the runtime's default put in its place
     */
    static void judge(
            @Nullable Container container,
            Setting.Declared<SecurityProfile> declared,
            Criteria criteria,
            boolean replaceable,
            Findings findings) {
        SecurityProfile profile = declared.value();
        if (profile.type() == SecurityProfile.Type.INLINE) {
            inline(container, declared, criteria, replaceable, findings);
        } else if (!isStandard(profile)) {
            findings.fail(
                    container,
                    declared,
                    Words.remedy(declared.edit(SecurityProfile.RUNTIME_DEFAULT)),
                    fix(declared, replaceable));
        } else if (criteria.level() == Level.HARDENED && profile.type() == SecurityProfile.Type.LOCALHOST) {
            named(container, declared, criteria, replaceable, findings);
        } else {
            findings.pass(container);
        }
    }

    private static void named(
            @Nullable Container container,
            Setting.Declared<SecurityProfile> declared,
            Criteria criteria,
            boolean replaceable,
            Findings findings) {
        String name = declared.value().name();
        if (name == null || name.isEmpty()) {
            String state = "is " + Words.value(declared.raw()) + ", which names no profile";
            findings.fail(
                    container, declared, state, "name one, or use the runtime's default", fix(declared, replaceable));
        } else if (criteria.parameters().strings("allow").stream().noneMatch(p -> NamePattern.matches(p, name))) {
            String state = "names the profile " + Words.value(name) + ", which the policy does not allow";
            findings.fail(
                    container,
                    declared,
                    state,
                    "use the runtime's default or an allowed profile",
                    fix(declared, replaceable));
        } else {
            findings.pass(container);
        }
    }

    private static void inline(
            @Nullable Container container,
            Setting.Declared<SecurityProfile> declared,
            Criteria criteria,
            boolean replaceable,
            Findings findings) {
        String digest = String.valueOf(declared.value().name());
        List<String> allowed = criteria.parameters().strings(ALLOW_INLINE);
        SecurityProfile.Looseness looseness = declared.value().looseness();
        boolean stricter = looseness != null && looseness.isNone() && allowed.contains(STRICTER);
        if (stricter || allowed.contains(digest)) {
            findings.pass(container);
        } else {
            String state = "is a profile written out in the request, " + digest + compared(looseness);
            findings.fail(
                    container,
                    declared,
                    state,
                    "remove it, or have the policy allow this digest",
                    fix(declared, replaceable));
        }
    }

    private static String compared(SecurityProfile.@Nullable Looseness looseness) {
        if (looseness == null || looseness.isNone()) {
            return "";
        }
        if (!looseness.unclear().isEmpty()) {
            return ", which cannot be compared with the default (" + looseness.unclear() + ")";
        }
        List<String> calls = looseness.calls();
        int more = calls.size() - MOST_CALLS;
        return ", which lets through what the default does not: "
                + String.join(", ", calls.subList(0, Math.min(calls.size(), MOST_CALLS)))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static @Nullable Fix fix(Setting.Declared<SecurityProfile> declared, boolean replaceable) {
        return replaceable ? Fix.overwriting(declared.edit(SecurityProfile.RUNTIME_DEFAULT)) : null;
    }
}
