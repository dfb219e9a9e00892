package dev.portcullis.policy;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Parameters;
import dev.portcullis.workload.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which checks apply to what, each in a mode. Immutable; everything about it is settled when it is made. */
public final class Policy {
    private final String name;
    private final Match match;
    private final Profile profile;
    private final KubernetesVersion version;
    private final List<BoundCheck> checks;

    /**
     * A policy.
     *
     * @param mode of the checks that {@code rules} say nothing about
     * @param rules by check id
     * @throws IllegalArgumentException where a rule names a check or parameter that there is not, or excepts somebody from
     *     what is no act
     */
    public Policy(
            String name,
            Match match,
            Profile profile,
            KubernetesVersion version,
            Mode mode,
            FixMode fix,
            Map<String, CheckRule> rules) {
        rules.forEach(Policy::require);
        this.name = name;
        this.match = match;
        this.profile = profile;
        this.version = version;
        List<BoundCheck> bound = new ArrayList<>();
        for (Check check : Catalogue.all()) {
            CheckInfo info = check.info();
            CheckRule rule = rules.get(info.id());
            if (rule == null ? profile.holds(info, version) : true) {
                bound.add(bind(check, rule == null ? CheckRule.of(mode) : rule, mode, fix));
            }
        }
        this.checks = bound.stream().filter(check -> check.mode() != Mode.OFF).toList();
    }

    private static void require(String id, CheckRule rule) {
        Check check = Catalogue.find(id).orElseThrow(() -> new IllegalArgumentException("there is no check " + id));
        if (!check.isAct() && !rule.except().equals(Except.NOBODY)) {
            throw new IllegalArgumentException("check " + id + " is no act, from which somebody could be excepted");
        }
    }

    private BoundCheck bind(Check check, CheckRule rule, Mode policyMode, FixMode fix) {
        Mode asked = rule.mode() == null ? policyMode : rule.mode();
        Mode mode = check.info().advisory() && asked == Mode.ENFORCE ? Mode.WARN : asked;
        Parameters parameters = Parameters.of(check.info(), rule.parameters());
        BoundCheck.Fixing fixing = switch (fix) {
            case NONE -> BoundCheck.Fixing.NONE;
            case SUGGEST -> BoundCheck.Fixing.SUGGESTED;
            case APPLY -> mode == Mode.ENFORCE ? BoundCheck.Fixing.SAFE : BoundCheck.Fixing.SUGGESTED;
        };
        if (rule.fix() != null) {
            fixing = rule.fix() ? BoundCheck.Fixing.ALL : BoundCheck.Fixing.NONE;
        }
        return new BoundCheck(check, mode, new Criteria(profile.level(), version, parameters), fixing, rule.except());
    }

    /**
     * One profile alone, by the names that a user gives.
     *
     * @param version null means that of the built-in policy
     * @throws IllegalArgumentException where there is no such profile or version
     */
    public static Policy alone(String profile, @Nullable String version) {
        KubernetesVersion asked = version == null ? BuiltInPolicies.VERSION : KubernetesVersion.parse(version);
        if (!asked.equals(KubernetesVersion.LATEST) && asked.compareTo(KubernetesVersion.NEWEST_KNOWN) > 0) {
            throw new IllegalArgumentException("the newest version known is " + KubernetesVersion.NEWEST_KNOWN);
        }
        return of(Profile.parse(profile), asked);
    }

    /** One profile alone, enforced, with default parameters. */
    public static Policy of(Profile profile, KubernetesVersion version) {
        return new Policy(profile.id(), Match.EVERYTHING, profile, version, Mode.ENFORCE, FixMode.APPLY, Map.of());
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The profile it builds on. */
    public Profile profile() {
        return profile;
    }

    /** The version of the Pod Security Standards it holds to. */
    public KubernetesVersion version() {
        return version;
    }

    /** Its checks, without those that are off. */
    public List<BoundCheck> checks() {
        return checks;
    }

    /** Whether it applies to a subject. */
    public boolean covers(Subject subject) {
        return match.covers(subject);
    }
}
