package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Check;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.inspection.DocumentPatch;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.PodPatch;
import dev.portcullis.kubernetes.WorkloadReader;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All fixes together: each does what it says, none brings anything new, twice is once, and the rest stays as it was. */
class EveryFixTest {
    private static final long SEED = PodSecurityDifferentialTest.SEED;
    private static final int PODS = 5_000;
    private static final Set<String> OURS = Set.of("/metadata/annotations/portcullis.dev~1patched");

    @ParameterizedTest
    @EnumSource
    void mendsGeneratedPods(EveryFix fixes) throws Exception {
        PodGenerator pods = new PodGenerator(new SplittableRandom(SEED));
        int patched = 0;
        for (int i = 0; i < PODS; i++) {
            ObjectNode pod = pods.next().json();
            pod.withObject("/spec").put("fieldOfTheFuture", i);
            ((ObjectNode) pod.at("/spec/containers/0")).putObject("anotherOne").put("kept", true);
            patched += mendsPod(fixes, pod, "pod " + i + " of seed " + SEED) ? 1 : 0;
        }
        assertThat(patched).isGreaterThan(PODS / 2);
    }

    @ParameterizedTest
    @MethodSource("dev.portcullis.catalogue.FixturesTest#trees")
    void mendsFixtures(Fixture fixture) {
        mendsFixture(EveryFix.FILLING_IN, fixture);
    }

    @ParameterizedTest
    @MethodSource("dev.portcullis.catalogue.FixturesTest#trees")
    void mendsFixturesOverWhatIsWritten(Fixture fixture) {
        mendsFixture(EveryFix.OVERWRITING, fixture);
    }

    /** A check that a policy may tell to write over values does so somewhere, and one that it may not tell does nowhere. */
    @ParameterizedTest
    @MethodSource("checks")
    void tellsWhetherItWritesOver(Check check) {
        boolean writes = FixturesTest.trees().stream()
                .filter(fixture -> fixture.check().equals(check.info().id()))
                .flatMap(fixture -> EveryFix.OVERWRITING.judge(fixture.matter()).findings().stream())
                .map(Judged::finding)
                .anyMatch(finding -> finding.check().equals(check.info())
                        && finding.fix() != null
                        && finding.fix().overwrites());
        assertThat(check.overwrites()).isEqualTo(writes);
    }

    private static List<Check> checks() {
        return Catalogue.all();
    }

    private static void mendsFixture(EveryFix fixes, Fixture fixture) {
        ObjectNode document = fixture.document();
        document.putObject("x-of-the-future").put("kept", true);
        ObjectNode before = document.deepCopy();
        Report report = fixes.judge(fixture.matter(document));
        ArrayNode operations = DocumentPatch.apply(document, report, () -> fixes.judge(fixture.matter(document)))
                .operations();
        Report after = fixes.judge(fixture.matter(document));

        cleared(report, after, fixture.toString());
        assertThat(JsonPatch.apply(document.deepCopy(), after.edits()))
                .as("a second time")
                .isEmpty();
        kept(before, document, operations, fixture.toString());
        assertThat(io.fabric8.zjsonpatch.JsonPatch.apply(operations, before)).isEqualTo(document);
    }

    private static boolean mendsPod(EveryFix fixes, ObjectNode pod, String which) throws Exception {
        ObjectNode before = pod.deepCopy();
        Report report = fixes.judge(read(pod));
        PodPatch patch = PodPatch.apply(pod, report, () -> fixes.judge(read(pod)));
        Report after = fixes.judge(read(pod));

        cleared(report, after, which);
        ObjectNode again = pod.deepCopy();
        assertThat(PodPatch.apply(again, after, () -> fixes.judge(read(again))).operations())
                .as("%s a second time", which)
                .isEmpty();
        kept(before, pod, patch.operations(), which);
        assertThat(io.fabric8.zjsonpatch.JsonPatch.apply(patch.operations(), before))
                .as(which)
                .isEqualTo(pod);
        return !patch.operations().isEmpty();
    }

    private static Workload read(ObjectNode pod) throws MalformedObjectException {
        return WorkloadReader.read(pod).orElseThrow();
    }

    /**
     * Whatever was to be fixed is, and nothing is found that was not found before, but for advice: that what was fixed may not
     * start is known once it is.
     */
    private static void cleared(Report before, Report after, String which) {
        Set<String> fixed = before.findings().stream()
                .filter(Judged::fixed)
                .map(judged -> judged.finding().identity())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> left = identities(after);
        fixed.retainAll(left);
        assertThat(fixed).as("what is left of %s", which).isEmpty();
        assertThat(places(before)).as("what is found of %s", which).containsAll(places(after));
    }

    /** Without values, some of which a fix for another check extends. */
    private static Set<String> places(Report report) {
        return report.findings().stream()
                .map(Judged::finding)
                .filter(finding -> finding.isViolation() && !finding.check().advisory())
                .map(finding -> finding.check().id() + " " + finding.container() + " "
                        + (finding.path() == null ? "" : finding.path().shape()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> identities(Report report) {
        return report.findings().stream()
                .filter(judged -> judged.finding().isViolation())
                .map(judged -> judged.finding().identity())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Everything that was written stays, but for the elements that a fix says it takes out, and what stands at its place. */
    private static void kept(ObjectNode before, ObjectNode after, ArrayNode operations, String which) {
        Set<String> places = new TreeSet<>();
        for (JsonNode operation : operations) {
            if (operation.path("op").stringValue("").equals("remove")) {
                return;
            }
            places.add(operation.path("path").stringValue(""));
        }
        Map<String, JsonNode> leaves = leaves(before);
        leaves.keySet()
                .removeIf(place -> OURS.contains(place)
                        || places.contains(place)
                        || places.stream().anyMatch(written -> place.startsWith(written + "/")));
        Map<String, JsonNode> now = leaves(after);
        now.keySet().retainAll(leaves.keySet());
        assertThat(now).as(which).isEqualTo(leaves);
    }

    private static Map<String, JsonNode> leaves(JsonNode root) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        collect(root, "", leaves);
        return leaves;
    }

    private static void collect(JsonNode node, String place, Map<String, JsonNode> leaves) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> collect(
                            member.getValue(),
                            place + "/" + member.getKey().replace("~", "~0").replace("/", "~1"),
                            leaves));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), place + "/" + i, leaves);
            }
        } else if (!node.isNull()) {
            leaves.put(place, node);
        }
    }
}
