package dev.portcullis.policy;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Level;
import dev.portcullis.check.Parameters;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which checks apply to what, each in a mode. Immutable; everything about it is settled when it is made. */
public final class Policy {
    private final String name;
    private final Match match;
    private final Profile profile;
    private final KubernetesVersion version;
    private final FixMode fixMode;
    private final List<BoundCheck> checks;
    private final List<BoundRule> rules;
    private final Extras extras;
    private final boolean ofLabels;
    private final Map<PodSecurityLabels.Asked, Policy> byLabels = new ConcurrentHashMap<>();

    /**
     * What a policy may have beside checks.
     *
     * @param rules its own rules, no two of one name
     * @param honoursPodSecurityLabels whether it also asks what the labels of namespaces ask
     * @param exemptionNamespaces those whose exemptions count
     * @param opened what it opens of an engine's routes that are closed
     */
    public record Extras(
            List<Rule> rules,
            boolean honoursPodSecurityLabels,
            Set<String> exemptionNamespaces,
            Set<ClosedRoute> opened) {
        /** Nothing. */
        public static final Extras NONE = new Extras(List.of(), false, Set.of());

        /** One that opens no route. */
        public Extras(List<Rule> rules, boolean honoursPodSecurityLabels, Set<String> exemptionNamespaces) {
            this(rules, honoursPodSecurityLabels, exemptionNamespaces, Set.of());
        }
    }

    /**
     * A policy of checks alone.
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
        this(name, match, profile, version, mode, fix, rules, Extras.NONE);
    }

    /**
     * A policy.
     *
     * @param mode of the checks that {@code checks} say nothing about, and of rules without a mode of their own
     * @param checks by check id
     * @throws IllegalArgumentException where one names a check or parameter that there is not, or excepts somebody from
     *     what is no act
     */
    public Policy(
            String name,
            Match match,
            Profile profile,
            KubernetesVersion version,
            Mode mode,
            FixMode fix,
            Map<String, CheckRule> checks,
            Extras extras) {
        this(
                name,
                match,
                profile,
                version,
                fix,
                bind(profile, version, mode, fix, checks),
                bind(extras, mode, fix),
                extras,
                false);
    }

    private Policy(
            String name,
            Match match,
            Profile profile,
            KubernetesVersion version,
            FixMode fixMode,
            List<BoundCheck> checks,
            List<BoundRule> rules,
            Extras extras,
            boolean ofLabels) {
        this.name = name;
        this.match = match;
        this.profile = profile;
        this.version = version;
        this.fixMode = fixMode;
        this.checks = checks;
        this.rules = rules;
        this.extras = extras;
        this.ofLabels = ofLabels;
    }

    private static List<BoundCheck> bind(
            Profile profile, KubernetesVersion version, Mode mode, FixMode fix, Map<String, CheckRule> rules) {
        rules.forEach(Policy::require);
        List<BoundCheck> bound = new ArrayList<>();
        for (Check check : Catalogue.all()) {
            CheckInfo info = check.info();
            CheckRule rule = rules.get(info.id());
            if (rule == null ? profile.holds(info, version) : true) {
                CheckRule asked = rule == null ? CheckRule.of(mode) : rule;
                bound.add(bind(check, asked, mode, fix, profile, version));
            }
        }
        return bound.stream().filter(check -> check.mode() != Mode.OFF).toList();
    }

    private static List<BoundRule> bind(Extras extras, Mode mode, FixMode fix) {
        List<BoundRule> bound = new ArrayList<>();
        for (Rule rule : extras.rules()) {
            Mode asked = rule.mode() == null ? mode : rule.mode();
            if (asked != Mode.OFF) {
                bound.add(new BoundRule(rule, asked, fixing(fix, asked)));
            }
        }
        return List.copyOf(bound);
    }

    private static void require(String id, CheckRule rule) {
        Check check = Catalogue.find(id).orElseThrow(() -> new IllegalArgumentException("there is no check " + id));
        if (!check.isAct() && !rule.except().equals(Except.NOBODY)) {
            throw new IllegalArgumentException("check " + id + " is no act, from which somebody could be excepted");
        }
    }

    private static BoundCheck bind(
            Check check, CheckRule rule, Mode policyMode, FixMode fix, Profile profile, KubernetesVersion version) {
        Mode asked = rule.mode() == null ? policyMode : rule.mode();
        Mode mode = check.info().advisory() && asked == Mode.ENFORCE ? Mode.WARN : asked;
        Parameters parameters = Parameters.of(check.info(), rule.parameters());
        BoundCheck.Fixing fixing = rule.fixing() == null ? fixing(fix, mode) : rule.fixing();
        return new BoundCheck(
                check, mode, new Criteria(level(check, profile), version, parameters), fixing, rule.except());
    }

    /** What is no matter of the standards is asked alike by all profiles. */
    private static Level level(Check check, Profile profile) {
        return check.info().standard() == null ? Level.HARDENED : profile.level();
    }

    private static BoundCheck.Fixing fixing(FixMode fix, Mode mode) {
        return switch (fix) {
            case NONE -> BoundCheck.Fixing.NONE;
            case SUGGEST -> BoundCheck.Fixing.SUGGESTED;
            case APPLY -> mode == Mode.ENFORCE ? BoundCheck.Fixing.SAFE : BoundCheck.Fixing.SUGGESTED;
        };
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

    /** The same, offering fixes that write over what somebody has written, wherever it offers any. */
    Policy overwriting() {
        return new Policy(
                name,
                match,
                profile,
                version,
                fixMode,
                checks.stream().map(BoundCheck::overwriting).toList(),
                rules,
                extras,
                ofLabels);
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

    /** What it does with fixes, where a check's own entry does not say otherwise. */
    FixMode fixMode() {
        return fixMode;
    }

    /** Its checks, without those that are off. */
    public List<BoundCheck> checks() {
        return checks;
    }

    /** Its own rules, without those that are off. */
    public List<BoundRule> rules() {
        return rules;
    }

    /** Whether it asks anything of its own, of everything that it covers. */
    public boolean asksAnything() {
        return !checks.isEmpty() || !rules.isEmpty() || extras.honoursPodSecurityLabels();
    }

    /** The strictest of the modes in which it asks anything; labels that it honours may enforce. */
    public Mode strictest() {
        if (extras.honoursPodSecurityLabels()) {
            return Mode.ENFORCE;
        }
        return Stream.concat(
                        checks.stream().map(BoundCheck::mode), rules.stream().map(BoundRule::mode))
                .max(Comparator.naturalOrder())
                .orElse(Mode.OFF);
    }

    /**
     * The mode in which it asks a check, or a rule of its own, at most; labels that it honours may enforce.
     *
     * @param id a check's, or {@code rules/NAME}
     */
    public Mode modeOf(String id) {
        boolean mayBeOfLabels = extras.honoursPodSecurityLabels()
                && Catalogue.find(id)
                        .filter(check -> check.info().standard() != null)
                        .isPresent();
        return mayBeOfLabels
                ? Mode.ENFORCE
                : Stream.concat(
                                checks.stream()
                                        .filter(bound ->
                                                bound.check().info().id().equals(id))
                                        .map(BoundCheck::mode),
                                rules.stream()
                                        .filter(bound -> bound.info().id().equals(id))
                                        .map(BoundRule::mode))
                        .findFirst()
                        .orElse(Mode.OFF);
    }

    /** Whether what it asks may depend on the namespace beyond its name, which must then be known. */
    public boolean asksForNamespaces() {
        return extras.honoursPodSecurityLabels()
                || !match.namespaces().choosesEverything()
                || rules.stream().anyMatch(bound -> bound.rule().question().asksForNamespace());
    }

    /** The namespaces whose exemptions count. */
    public Set<String> exemptionNamespaces() {
        return extras.exemptionNamespaces();
    }

    /** Whether it opens a route that is closed unless a policy opens it. */
    public boolean opens(ClosedRoute route) {
        return extras.opened().contains(route);
    }

    /** Whether it asks what the labels of a namespace ask, and only while they do. */
    boolean isOfLabels() {
        return ofLabels;
    }

    boolean honoursPodSecurityLabels() {
        return extras.honoursPodSecurityLabels();
    }

    /**
     * What it asks because the labels of a namespace ask it. As in Kubernetes, what is enforced is asked of pods alone, and
     * controllers of them are only warned about.
     */
    List<Policy> of(Namespace namespace, Subject subject) {
        List<Policy> asked = new ArrayList<>();
        for (PodSecurityLabels.Asked one : PodSecurityLabels.asked(namespace.labels())) {
            if (one.mode() != Mode.ENFORCE || subject.kind().equals("Pod")) {
                asked.add(byLabels.computeIfAbsent(one, this::of));
            }
        }
        return asked;
    }

    private Policy of(PodSecurityLabels.Asked asked) {
        List<BoundCheck> bound = bind(asked.profile(), asked.version(), asked.mode(), fixMode, Map.of());
        return new Policy(name, match, asked.profile(), asked.version(), fixMode, bound, List.of(), extras, true);
    }

    /** The platforms that it is for; empty for all. */
    public Set<Platform> platforms() {
        return match.platforms();
    }

    /** Whether it applies to a subject, as far as anybody can know. */
    public boolean covers(Subject subject, Circumstances circumstances) {
        return coverage(subject, circumstances) != Match.Coverage.NO;
    }

    /** Whether it may apply to an object of a Kubernetes kind, such as {@code Deployment}. */
    public boolean looksAtKind(String kind) {
        return (match.platforms().isEmpty() || match.platforms().contains(Platform.KUBERNETES))
                && (match.kinds().isEmpty() || match.kinds().contains(kind));
    }

    Match.Coverage coverage(Subject subject, Circumstances circumstances) {
        return match.covers(subject, circumstances);
    }
}
