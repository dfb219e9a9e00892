package dev.portcullis.resource;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.CheckRule;
import dev.portcullis.policy.ClosedRoute;
import dev.portcullis.policy.FixMode;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Profile;
import dev.portcullis.policy.Rule;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code spec} of a policy, everything in it, so that all that is wrong is told at once. */
final class PolicyReader {
    private static final List<String> MEMBERS = List.of(
            "match",
            "profile",
            "version",
            "mode",
            "fix",
            "checks",
            "rules",
            "acts",
            "docker",
            "podSecurityLabels",
            "exemptionNamespaces");
    private static final Map<String, Boolean> LABELS = labels();

    private final Problems problems;

    PolicyReader(Problems problems) {
        this.problems = problems;
    }

    private static Map<String, Boolean> labels() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("ignore", false);
        words.put("honour", true);
        return Collections.unmodifiableMap(words);
    }

    /** The policy; null when there are problems, which are told. */
    @Nullable Policy read(String name, Field spec) {
        int before = problems.count();
        spec.allowMembers("spec", MEMBERS, List.of());
        Match match = MatchReader.read(spec.member("match"));
        Profile profile = or(choice(spec, "profile", Choices.PROFILES), Profile.HARDENED);
        KubernetesVersion version = version(spec.member("version"));
        Mode mode = or(choice(spec, "mode", Choices.MODES), Mode.ENFORCE);
        FixMode fix = fix(spec.member("fix"));
        Map<String, CheckRule> checks = new HashMap<>(CheckRules.read(spec.member("checks"), profile));
        checks.putAll(ActRules.read(spec.member("acts"), profile));
        List<Rule> rules = RuleReader.read(spec.member("rules"));
        boolean honours = or(choice(spec, "podSecurityLabels", LABELS), false);
        Set<String> namespaces = NamespaceName.readAll(spec.member("exemptionNamespaces"));
        Set<ClosedRoute> opened = opened(spec.member("docker"));
        if (problems.count() > before) {
            return null;
        }
        Policy.Extras extras = new Policy.Extras(rules, honours, namespaces, opened);
        Policy policy = new Policy(name, match, profile, version, mode, fix, checks, extras);
        Safeguards.require(policy, match, spec);
        return problems.count() == before ? policy : null;
    }

    private static Set<ClosedRoute> opened(@Nullable Field docker) {
        Set<ClosedRoute> opened = EnumSet.noneOf(ClosedRoute.class);
        if (docker == null || !docker.isObject()) {
            return opened;
        }
        docker.allowMembers("docker", List.of("open"), List.of());
        Field open = docker.member("open");
        for (Field route : open == null ? List.<Field>of() : open.elements()) {
            ClosedRoute chosen = route.choice(Choices.CLOSED_ROUTES);
            if (chosen != null) {
                opened.add(chosen);
            }
        }
        return opened;
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
