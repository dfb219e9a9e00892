package dev.portcullis.catalogue;

import static dev.portcullis.catalogue.PodSecurityCases.BOUNDARIES;
import static dev.portcullis.catalogue.PodSecurityCases.LATEST;
import static dev.portcullis.catalogue.PodSecurityCases.VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.catalogue.Kubernetes.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A differential test is worth what its inputs are: Kubernetes itself says how the generated pods fall out. */
final class PodGeneratorTest {

    static final long SEED = 36;

    /** Both sides of every change of the standards, with the checks that it is about. */
    private static final List<String> JUDGED_DIFFERENTLY = List.of(
            "v1.8 no-new-privileges",
            "v1.18 seccomp-profile",
            "v1.19 seccomp-profile",
            "v1.21 capabilities-added",
            "v1.22 capabilities-added",
            "v1.22 capabilities-dropped",
            "v1.23 run-as-user",
            "v1.24 no-new-privileges",
            "v1.24 capabilities-dropped",
            "v1.24 seccomp-profile",
            "v1.25 no-new-privileges",
            "v1.25 capabilities-dropped",
            "v1.25 seccomp-profile",
            "v1.26 sysctls",
            "v1.27 sysctls",
            "v1.28 sysctls",
            "v1.29 sysctls",
            "v1.30 selinux-options",
            "v1.31 selinux-options",
            "v1.31 sysctls",
            "v1.32 sysctls",
            "v1.34 host-probes",
            "v1.34 run-as-non-root",
            "v1.34 run-as-user",
            "v1.34 masked-paths",
            "v1.35 run-as-non-root",
            "v1.35 run-as-user",
            "v1.35 masked-paths");

    private final Kubernetes kubernetes = new Kubernetes();

    @Test
    void aPodBeginsAsOneThatEveryVersionAllows() {
        var generator = new PodGenerator(new SplittableRandom(SEED));

        var verdicts = kubernetes.judge(Stream.generate(generator::valid)
                .limit(200)
                .flatMap(pod -> VERSIONS.stream().map(version -> new Question("restricted", version, pod)))
                .toList());

        assertThat(verdicts).hasSize(200 * VERSIONS.size()).allMatch(PodSecurityVerdict::allowed);
    }

    @Test
    void everyMutationCanChangeTheVerdict() {
        assertThat(PodMutations.ALL)
                .allSatisfy(mutation -> assertThat(changes(mutation, pod -> pod))
                        .as(mutation.name())
                        .isPositive());
    }

    @Test
    void everyMutationOfAContainerCanChangeTheVerdictInEveryList() {
        assertThat(PodGenerator.LISTS)
                .allSatisfy(list -> assertThat(ContainerMutations.ALL)
                        .allSatisfy(mutation -> assertThat(changes(mutation, pod -> container(pod, list)))
                                .as(mutation.name() + " in " + list)
                                .isPositive()));
    }

    /** What the comparison's cases exercise: every check by itself and beside others, and both sides of every change. */
    @Test
    void everyCheckAndEveryChangeOfTheStandardsIsMetOftenEnough() {
        var mix = Mix.of(SEED, PodSecurityDifferentialTest.PODS, kubernetes);
        assertThat(mix.allowedShare("baseline")).isBetween(0.4, 0.75);
        assertThat(mix.allowedShare("restricted")).isBetween(0.35, 0.65);
        assertOftenEnough(mix.failedAlone(), PodSecurityVerdict.CHECK_IDS);
        assertOftenEnough(mix.failedWithOthers(), PodSecurityVerdict.CHECK_IDS);
        assertOftenEnough(mix.failedAt(), JUDGED_DIFFERENTLY);
        assertOftenEnough(mix.changed(), BOUNDARIES);
    }

    private static <K> void assertOftenEnough(Map<K, Integer> counts, Iterable<K> keys) {
        assertThat(keys)
                .allSatisfy(key -> assertThat(counts.getOrDefault(key, 0))
                        .as("%s in %s", key, counts)
                        .isGreaterThanOrEqualTo(100));
    }

    /** How many of some generated pods get another verdict once the mutation is made. */
    private long changes(Mutation mutation, UnaryOperator<ObjectNode> target) {
        var random = new SplittableRandom(SEED);
        var generator = new PodGenerator(random);
        var draw = new Draw(random);
        var questions = new ArrayList<Question>();
        for (int i = 0; i < 100; i++) {
            var before = generator.next().json();
            var _ = target.apply(before);
            var after = before.deepCopy();
            mutation.apply(target.apply(after), draw);
            for (var version : List.of("v1.18", LATEST)) {
                questions.add(new Question("restricted", version, before));
                questions.add(new Question("restricted", version, after));
            }
        }
        var verdicts = kubernetes.judge(questions);
        return IntStream.range(0, verdicts.size() / 2)
                .filter(i -> !verdicts.get(2 * i).equals(verdicts.get(2 * i + 1)))
                .count();
    }

    /** The first container of the list, one with nothing set where the pod has none there. */
    private static ObjectNode container(ObjectNode pod, String list) {
        var spec = pod.withObjectProperty("spec");
        if (spec.path(list).path(0) instanceof ObjectNode first) {
            return first;
        }
        return spec.putArray(list).addObject().put("name", "made");
    }
}
