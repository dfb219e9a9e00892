package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.catalogue.EveryFix;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.DocumentPatch;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Workload;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All fixes together on bodies that nobody would write: each does what it says, none brings anything new, twice is once. */
class EveryDockerFixTest {
    private static final long SEED = Long.getLong("portcullis.seed", 7);
    private static final int BODIES = 6_000;

    @ParameterizedTest
    @EnumSource
    void mendsGeneratedBodies(EveryFix fixes) throws Exception {
        CreateBodies bodies = new CreateBodies(SEED, RecordedBodies.creates());
        int patched = 0;
        for (int i = 0; i < BODIES; i++) {
            ObjectNode body = readable(bodies.next().text());
            if (body != null) {
                body.putObject("FieldOfTheFuture").put("Kept", i);
                patched += mends(fixes, body, "body " + i + " of seed " + SEED) ? 1 : 0;
            }
        }
        assertThat(patched).isGreaterThan(BODIES / 10);
    }

    private static boolean mends(EveryFix fixes, ObjectNode body, String which) throws MalformedBodyException {
        ObjectNode before = body.deepCopy();
        Report report = fixes.judge(read(body));
        DocumentPatch patch = DocumentPatch.apply(body, report, () -> fixes.judge(read(body)));
        Report after = fixes.judge(read(body));
        patch.last().ifPresent(last -> assertThat(violations(last)).as(which).isEqualTo(violations(after)));

        Set<String> left = report.findings().stream()
                .filter(Judged::fixed)
                .map(judged -> judged.finding().identity())
                .collect(Collectors.toCollection(TreeSet::new));
        left.retainAll(violations(after));
        assertThat(left).as("what is left of %s: %s", which, before).isEmpty();
        assertThat(places(report)).as("what is found of %s: %s", which, before).containsAll(places(after));
        ObjectNode again = body.deepCopy();
        assertThat(DocumentPatch.apply(again, after, () -> fixes.judge(read(again)))
                        .operations())
                .as("%s a second time: %s", which, before)
                .isEmpty();
        assertThat(body.path("FieldOfTheFuture")).as(which).isEqualTo(before.path("FieldOfTheFuture"));
        return !patch.operations().isEmpty();
    }

    private static Set<String> violations(Report report) {
        return report.findings().stream()
                .filter(judged -> judged.finding().isViolation())
                .map(judged -> judged.finding().identity())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> places(Report report) {
        return report.findings().stream()
                .map(Judged::finding)
                .filter(finding -> finding.isViolation() && !finding.check().advisory())
                .map(finding -> finding.check().id() + " "
                        + (finding.path() == null ? "" : finding.path().shape()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Workload read(ObjectNode body) throws MalformedBodyException {
        return DockerReader.read(body, "web");
    }

    /** Null where the engine would not take it. */
    private static @Nullable ObjectNode readable(String text) {
        try {
            JsonNode body = Json.read(text.getBytes(UTF_8));
            if (!(body instanceof ObjectNode object)) {
                return null;
            }
            DockerReader.read(object, "web");
            return object;
        } catch (UnreadableException | MalformedBodyException refused) {
            return null;
        }
    }
}
