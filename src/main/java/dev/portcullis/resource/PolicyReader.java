package dev.portcullis.resource;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.document.Document;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.CheckRule;
import dev.portcullis.policy.FixMode;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code spec} of a policy, everything in it, so that all that is wrong is told at once. */
final class PolicyReader {
    private static final List<String> MEMBERS =
            List.of("match", "profile", "version", "mode", "fix", "checks", "acts", "podSecurityLabels");
    private static final List<String> NOT_YET = List.of("rules", "docker", "exemptionNamespaces");

    private final Problems problems;
    private final PolicyNames names = new PolicyNames();

    PolicyReader(Problems problems) {
        this.problems = problems;
    }

    /** The policy of a document; null when there are problems, which are told. */
    @Nullable Policy read(String source, Document document) {
        int before = problems.count();
        Field root = Field.root(document, source, problems);
        if (!Envelope.isPolicy(root)) {
            return null;
        }
        String name = names.read(root);
        Field spec = root.required("spec", "write spec: {profile: hardened}, or another profile");
        Policy policy = name == null || spec == null || !spec.isObject() ? null : policy(name, spec, before);
        return problems.count() == before ? policy : null;
    }

    private @Nullable Policy policy(String name, Field spec, int before) {
        spec.allowMembers("spec", MEMBERS, NOT_YET);
        Match match = MatchReader.read(spec.member("match"));
        Profile profile = or(choice(spec, "profile", Choices.PROFILES), Profile.HARDENED);
        KubernetesVersion version = version(spec.member("version"));
        Mode mode = or(choice(spec, "mode", Choices.MODES), Mode.ENFORCE);
        FixMode fix = fix(spec.member("fix"));
        Map<String, CheckRule> rules = new HashMap<>(CheckRules.read(spec.member("checks"), profile));
        rules.putAll(ActRules.read(spec.member("acts"), profile));
        podSecurityLabels(spec.member("podSecurityLabels"));
        if (problems.count() > before) {
            return null;
        }
        Policy policy = new Policy(name, match, profile, version, mode, fix, rules);
        Safeguards.require(policy, match, spec);
        return policy;
    }

    private static <T> @Nullable T choice(Field spec, String name, Map<String, T> words) {
        Field member = spec.member(name);
        return member == null ? null : member.choice(words);
    }

    private static <T> T or(@Nullable T written, T otherwise) {
        return written == null ? otherwise : written;
    }

    private static KubernetesVersion version(@Nullable Field field) {
        if (field == null) {
            return BuiltInPolicies.VERSION;
        }
        String written = field.asText();
        if (written == null) {
            field.refuseType("latest or v1.N, such as v1.36");
            return BuiltInPolicies.VERSION;
        }
        try {
            KubernetesVersion version = KubernetesVersion.parse(written);
            if (!version.equals(KubernetesVersion.LATEST) && version.compareTo(KubernetesVersion.NEWEST_KNOWN) > 0) {
                field.refuse("the newest known is " + KubernetesVersion.NEWEST_KNOWN + ": write that, or latest");
            }
            return version;
        } catch (IllegalArgumentException malformed) {
            field.refuse(String.valueOf(malformed.getMessage()));
            return BuiltInPolicies.VERSION;
        }
    }

    private static void podSecurityLabels(@Nullable Field field) {
        if (field != null && !"ignore".equals(field.asText())) {
            field.refuse("this version supports ignore only");
        }
    }

    private static FixMode fix(@Nullable Field field) {
        if (field == null) {
            return FixMode.APPLY;
        }
        if (field.holdsBoolean()) {
            return Boolean.TRUE.equals(field.bool()) ? FixMode.APPLY : FixMode.NONE;
        }
        if (!"suggest".equals(field.asText())) {
            field.refuseType("true, false or suggest");
        }
        return FixMode.SUGGEST;
    }
}
