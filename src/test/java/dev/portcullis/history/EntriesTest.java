package dev.portcullis.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.AdmissionReviewReader;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Report;
import dev.portcullis.testing.Reviews;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EntriesTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web-5d8f-x1
              namespace: shop
              labels: {pod-template-hash: 5d8f}
              annotations:
                note: short
                long: %s
                kubectl.kubernetes.io/last-applied-configuration: '{"env": "hunter2"}'
              managedFields: [{manager: kubectl}]
              ownerReferences:
              - {apiVersion: apps/v1, kind: ReplicaSet, name: web-5d8f, uid: u1, controller: true}
            spec:
              containers:
              - name: web
                image: web:1
                args: [--token=ghp_%s]
                env:
                - {name: DB_PASSWORD, value: hunter2}
                - {name: DEBUG_TOKEN, value: "true"}
                - {name: GREETING, value: hello}
            """.formatted("l".repeat(300), "a".repeat(36));

    @Test
    void namesTheDeploymentOfAPodsReplicaSet() throws Exception {
        Entry entry = entry(POD);

        assertThat(entry.outcome()).isEqualTo(Outcome.DENY);
        assertThat(entry.username()).isEqualTo("ann");
        assertThat(entry.subject()).isEqualTo(new Entry.Subject("Pod", "shop", "web-5d8f-x1", "Deployment", "web"));
    }

    @Test
    void anOwnerIsTakenAsItIsNamedWhereNoHashTellsMore() throws Exception {
        assertThat(entry(POD.replace("{pod-template-hash: 5d8f}", "{}")).subject())
                .isEqualTo(new Entry.Subject("Pod", "shop", "web-5d8f-x1", "ReplicaSet", "web-5d8f"));
        assertThat(entry(POD.replace("controller: true", "controller: false")).subject())
                .isEqualTo(new Entry.Subject("Pod", "shop", "web-5d8f-x1", "Pod", "web-5d8f-x1"));
    }

    @Test
    void keepsNoSecretAndWhatIsJudgedAlike() throws Exception {
        Entry entry = entry(POD);
        byte[] body = Packing.unpack(java.util.Objects.requireNonNull(entry.body()));
        String text = new String(body, StandardCharsets.UTF_8);

        assertThat(text).doesNotContain("hunter2", "hello", "aaaaaaaa", "llllllll", "managedFields");
        assertThat(text).contains("\"note\":\"short\"", "DB_PASSWORD");
        assertThat(findings(report(AdmissionReviewReader.read(body))))
                .isEqualTo(findings(report(AdmissionReviewReader.read(bytes(POD)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "hunter2",
                "/run/secrets/token",
                "$(OTHER)",
                "postgres://u:p@db/x",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
                "AKIAABCDEFGHIJKLMNOP",
                "glpat-abcdefghijklmnopqrst",
                "xoxb-1234567890",
                "sk_live_abcdefghijklmnop",
                "eyJhbGciOiJI.eyJzdWIi.abcdefgh",
                "password=abc;x"
            })
    void aValueIsJudgedAsWhatStandsInForIt(String value) throws Exception {
        for (String name : List.of("API_TOKEN", "PLAIN")) {
            ObjectNode pod = Reviews.object(POD);
            ((ObjectNode) pod.at("/spec/containers/0/env/0")).put("name", name).put("value", value);
            byte[] review = Reviews.create(pod).toString().getBytes(StandardCharsets.UTF_8);
            JsonNode masked = JsonMapper.shared().readTree(review);
            Masking.mask(masked);

            assertThat(findings(
                            report(AdmissionReviewReader.read(masked.toString().getBytes(StandardCharsets.UTF_8)))))
                    .as("%s of %s", value, name)
                    .isEqualTo(findings(report(AdmissionReviewReader.read(review))));
        }
    }

    @Test
    void masksWhatAnEngineIsSentUnderAnySpelling() {
        JsonNode body = JsonMapper.shared().readTree("{\"eNv\": [\"A=secret\", \"B\", \"C=\"], \"Image\": \"web\"}");

        Masking.mask(body);

        assertThat(body.toString()).isEqualTo("{\"eNv\":[\"A=(masked)\",\"B\",\"C=\"],\"Image\":\"web\"}");
    }

    private static byte[] bytes(String pod) {
        return Reviews.create(Reviews.object(pod)).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Entry entry(String pod) throws Exception {
        AdmissionRequest request = AdmissionReviewReader.read(bytes(pod));
        return new Entries("default", true).of(bytes(pod), report(request), Sample.NOON, Duration.ofMillis(1));
    }

    private static Report report(AdmissionRequest request) throws Exception {
        return new Evaluator(false)
                .evaluate(
                        request.workload().orElseThrow(),
                        BuiltInPolicies.set(Mode.ENFORCE),
                        request.circumstances(Sample.NOON, ClusterKnowledge.NONE));
    }

    private static List<String> findings(Report report) {
        return report.findings().stream()
                .map(judged ->
                        judged.finding().result() + " " + judged.finding().message())
                .toList();
    }
}
