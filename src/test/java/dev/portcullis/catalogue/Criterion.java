package dev.portcullis.catalogue;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Findings;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Result;
import dev.portcullis.policy.BoundCheck;
import dev.portcullis.policy.CheckRule;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.FixMode;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Profile;
import dev.portcullis.testing.Sets;
import dev.portcullis.workload.Matter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One profile at one version of the Pod Security Standards, with the default parameters of every check. */
record Criterion(Profile profile, KubernetesVersion version, Policy policy) {
    private static final int NEWEST = 36;
    private static final Evaluator EVALUATOR = new Evaluator(true);

    /** Every profile at every version; the strictest first, and of its versions the newest that has a number. */
    static final List<Criterion> ALL = Stream.of(Profile.HARDENED, Profile.RESTRICTED, Profile.BASELINE)
            .flatMap(profile -> versions().map(version -> of(profile, version)))
            .toList();

    /** What goldens are judged by unless their fixture says otherwise. */
    static final Criterion HARDENED = ALL.getFirst();

    private static Criterion of(Profile profile, KubernetesVersion version) {
        return new Criterion(profile, version, Policy.of(profile, version));
    }

    private static Stream<KubernetesVersion> versions() {
        return Stream.concat(
                IntStream.rangeClosed(0, NEWEST).map(i -> NEWEST - i).mapToObj(KubernetesVersion::new),
                Stream.of(KubernetesVersion.LATEST));
    }

    /** Whether a check is asked here. */
    boolean asks(String check) {
        return profile.holds(Catalogue.find(check).orElseThrow().info(), version);
    }

    /** The same with parameters of a check that it asks. */
    Criterion with(String check, Map<String, Object> parameters) {
        if (parameters.isEmpty() || !asks(check)) {
            return this;
        }
        CheckRule rule = new CheckRule(null, null, parameters);
        Policy set = new Policy(
                profile.id(), Match.EVERYTHING, profile, version, Mode.ENFORCE, FixMode.APPLY, Map.of(check, rule));
        return new Criterion(profile, version, set);
    }

    /** Everything that is found, passes too. */
    List<Finding> judge(Matter matter) {
        return Sets.judge(EVALUATOR, matter, List.of(policy)).findings().stream()
                .map(Judged::finding)
                .toList();
    }

    /** The checks that fail a workload. */
    Set<String> violated(Matter matter) {
        return judge(matter).stream()
                .filter(Finding::isViolation)
                .map(finding -> finding.check().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What one check finds. */
    List<Finding> judge(Matter matter, String check) {
        List<Finding> findings = new ArrayList<>();
        for (BoundCheck bound : policy.checks()) {
            if (bound.check().info().id().equals(check)) {
                bound.check()
                        .ask(
                                matter,
                                bound.criteria(),
                                new Findings(bound.check().info(), true, findings::add));
            }
        }
        return findings;
    }

    /** A check's verdict on the whole: one failure fails, and what could be judged outweighs what could not. */
    Result verdict(Matter matter, String check) {
        List<Result> results =
                judge(matter, check).stream().map(Finding::result).toList();
        return Stream.of(Result.ERROR, Result.FAIL, Result.PASS, Result.SKIP)
                .filter(results::contains)
                .findFirst()
                .orElseThrow(() -> new AssertionError(check + " found nothing at " + this));
    }

    @Override
    public String toString() {
        return profile.id() + " " + version;
    }
}
