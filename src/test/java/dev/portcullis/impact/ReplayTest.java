package dev.portcullis.impact;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.Entries;
import dev.portcullis.history.History;
import dev.portcullis.history.Place;
import dev.portcullis.history.Recordings;
import dev.portcullis.history.Settings;
import dev.portcullis.impact.Change.Reason;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.AdmissionReviewReader;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.RequestEvaluator;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.testing.Reviews;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(120)
class ReplayTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final int REVIEWS = Integer.getInteger("portcullis.reviews", 1_000);

    @TempDir
    private Path folder;

    private Place place;
    private final Set<String> ofDockerHub = new HashSet<>();

    @BeforeEach
    void record() throws Exception {
        place = new Place.Embedded(folder.resolve("history"));
        MeterRegistry registry = new SimpleMeterRegistry();
        PolicySet current = policies("enforce", "'registry.example.com/*', 'docker.io/*'");
        Settings settings = new Settings(place, Duration.ofDays(1), 1 << 30, 1 << 30);
        try (History history = History.open(settings, InstantSource.fixed(NOON), registry)) {
            Entries entries = new Entries("default", true);
            for (int i = 0; i < REVIEWS; i++) {
                byte[] body = review(i);
                AdmissionRequest request = AdmissionReviewReader.read(body);
                Report report = new RequestEvaluator(ClusterKnowledge.NONE)
                        .evaluate(request, request.workload().orElseThrow(), current, NOON);
                assertThat(report.allowed()).isEqualTo(i % 10 != 1);
                assertThat(history.record(body.length, () -> entries.of(body, report, NOON, Duration.ZERO)))
                        .isTrue();
            }
            await().atMost(60, SECONDS)
                    .until(() -> registry.get("portcullis.history.recorded")
                                    .counter()
                                    .count()
                            >= REVIEWS);
        }
    }

    /** Of ten, one comes from Docker Hub, one from a registry that neither policy allows; fifty owners. */
    private byte[] review(int i) {
        String owner = "owner-" + i % 50;
        String image = switch (i % 10) {
            case 0 -> "docker.io/library/web:1";
            case 1 -> "evil.example.net/web:1";
            default -> "registry.example.com/web:1";
        };
        if (i % 10 == 0) {
            ofDockerHub.add(owner);
        }
        ObjectNode pod = Reviews.object("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %1$s-abc-%2$d
                  namespace: shop
                  labels: {pod-template-hash: abc}
                  ownerReferences:
                  - {apiVersion: apps/v1, kind: ReplicaSet, name: %1$s-abc, uid: u, controller: true}
                spec:
                  containers: [{name: web, image: '%3$s'}]
                """.formatted(owner, i, image));
        ObjectNode review = Reviews.create(pod);
        ((ObjectNode) review.path("request")).put("uid", "u" + i);
        return review.toString().getBytes(StandardCharsets.UTF_8);
    }

    private PolicySet policies(String mode, String allowed) throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: registries}
            spec:
              profile: none
              mode: %s
              fix: false
              checks:
                image-registry: {parameters: {allow: [%s]}}
            """.formatted(mode, allowed));
        return PolicyFiles.read(file);
    }

    private Impact impact(PolicySet before, PolicySet after) throws Exception {
        Impact impact = new Impact();
        Replay replay = new Replay(before, after, ClusterKnowledge.NONE, NOON);
        Recordings.each(place, NOON.minusSeconds(1), recorded -> replay.add(recorded, impact));
        return impact;
    }

    @Test
    void findsExactlyWhatOneParameterChanges() throws Exception {
        PolicySet before = policies("enforce", "'registry.example.com/*', 'docker.io/*'");
        PolicySet after = before.replacedBy(policies("enforce", "'registry.example.com/*'"));

        Impact impact = impact(before, after);

        assertThat(impact.judged()).isEqualTo(REVIEWS);
        assertThat(impact.unjudged()).isZero();
        assertThat(names(impact)).isEqualTo(ofDockerHub).hasSize(5);
        assertThat(impact.owners()).allSatisfy(affected -> {
            assertThat(affected.owner().kind()).isEqualTo("Deployment");
            assertThat(affected.denied()).isEqualTo(REVIEWS / 50);
            assertThat(affected.allowed() + affected.warned() + affected.patched())
                    .isZero();
            assertThat(affected.denials()).extracting(Reason::check).containsExactly("image-registry");
        });

        Impact back = impact(after, before);
        assertThat(names(back)).isEqualTo(ofDockerHub);
        assertThat(back.owners())
                .allSatisfy(affected -> assertThat(affected.allowed()).isEqualTo(REVIEWS / 50));
    }

    @Test
    void tellsWhatWouldWarnAndWhatWouldBeLetIn() throws Exception {
        PolicySet before = policies("enforce", "'registry.example.com/*', 'docker.io/*'");
        PolicySet after = before.replacedBy(policies("warn", "'registry.example.com/*'"));

        Impact impact = impact(before, after);

        assertThat(impact.owners(Affected::denied)).isEmpty();
        // Those of the registry that neither allows are denied now, and would be warned of.
        assertThat(impact.owners(Affected::allowed))
                .hasSize(5)
                .allSatisfy(affected -> assertThat(affected.warned()).isEqualTo(REVIEWS / 50));
        assertThat(impact.owners(Affected::warned)).hasSize(10);
    }

    @Test
    void findsNothingWhereNothingChanges() throws Exception {
        PolicySet before = policies("enforce", "'registry.example.com/*', 'docker.io/*'");

        Impact impact = impact(before, before.replacedBy(before));

        assertThat(impact.owners()).isEmpty();
        assertThat(ImpactReport.summary(impact))
                .isEqualTo("Nothing changes for what was judged: " + REVIEWS + " times.");
    }

    private static Set<String> names(Impact impact) {
        return impact.owners().stream()
                .map(affected -> String.valueOf(affected.owner().name()))
                .collect(Collectors.toSet());
    }
}
