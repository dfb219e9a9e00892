package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.zjsonpatch.JsonPatch;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dry runs and container reviews, as a developer with {@code curl} and a container host see them. */
class ReviewTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.deciding();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void judgesEveryDocumentAndElement() throws Exception {
        String pod = example("good-pod.yaml");
        String list = "apiVersion: v1\nkind: List\nitems:\n- " + indented(example("root-pod.yaml")) + "\n";
        String text = pod + "---\n" + list + "---\napiVersion: v1\nkind: Service\n---\na: [1\n";
        JsonNode report = review("", text);
        assertThat(report.path("summary").path("allowed").asInt(0)).isEqualTo(1);
        assertThat(report.path("summary").path("denied").asInt(0)).isEqualTo(1);
        assertThat(report.path("summary").path("errors").asInt(0)).isEqualTo(1);
        assertThat(report.path("ignored").asInt(0)).isEqualTo(1);
        JsonNode denied = report.path("results").path(1);
        assertThat(denied.at("/findings/0/path").asString(""))
                .isEqualTo("/items/0/spec/containers/0/securityContext/privileged");
        assertThat(report.at("/results/2/decision").asString("")).isEqualTo("error");
        assertThat(report.at("/results/2/allowed").asBoolean(true)).isFalse();
    }

    @Test
    void judgesAnAdmissionReviewByTheObjectInIt() throws Exception {
        JsonNode report = review("", """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","namespace":"shop",\
                "kind":{"group":"","version":"v1","kind":"Pod"},"operation":"CREATE",\
                "object":{"spec":{"hostPID":true,"containers":[{"name":"a","image":"b:1"}]}}}}""");
        assertThat(report.at("/results/0/subject/namespace").asString("")).isEqualTo("shop");
        assertThat(report.toString()).contains("/request/object/spec/hostPID");
    }

    @Test
    void judgesADockerfileThatCurlSendsAsAForm() throws Exception {
        String file = "ARG A=1\nFROM scratch\nUSER root\n";
        HttpRequest.Builder request = HttpRequest.newBuilder(server.admission("/review"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "*/*")
                .POST(HttpRequest.BodyPublishers.ofString(file));
        JsonNode report = JSON.readTree(server.send(request).body());
        assertThat(report.at("/results/0/subject/kind").asString("")).isEqualTo("Dockerfile");
        assertThat(report.at("/results/0/findings").toString()).contains("USER is \\\"root\\\"");
        assertThat(review("?kind=Dockerfile", file).at("/results/0")).isEqualTo(report.at("/results/0"));
    }

    @Test
    void judgesADockerfileByItsKindAlone() throws Exception {
        EdgeTest.assertError(server.post("/review?kind=Dockerfile", example("good-pod.yaml")), 400);
        EdgeTest.assertError(server.post("/review", "RUN a\n"), 400);
        HttpResponse<String> answer = server.post("/review?kind=Dockerfile", "RUN a\n");
        EdgeTest.assertError(answer, 400);
        assertThat(answer.body()).contains("at line 1, column 1: begin with FROM");
    }

    @Test
    void judgesByAProfileAlone() throws Exception {
        JsonNode baseline = review("?profile=baseline&version=v1.30", example("docker-run.json"));
        assertThat(baseline.at("/results/0/policies/0/profile").asString("")).isEqualTo("baseline");
        assertThat(baseline.at("/results/0/policies/0/version").asString("")).isEqualTo("v1.30");
        assertThat(baseline.at("/results/0/patch")).isEmpty();
        assertThat(review("?policy=default", example("good-pod.yaml"))
                        .at("/results/0/allowed")
                        .asBoolean(false))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?profile=lenient",
                "?profile=baseline&version=1.30",
                "?version=v1.30",
                "?policy=none",
                "?kind=Pod"
            })
    void refusesAQueryItCannotFollow(String query) throws Exception {
        HttpResponse<String> answer = server.post("/review" + query, example("good-pod.yaml"));
        EdgeTest.assertError(answer, 400);
    }

    @Test
    @Timeout(5)
    void refusesAnAliasBomb() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", Collections.nCopies(9, alias))));
        }
        EdgeTest.assertError(server.post("/review", bomb.toString()), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!javax.script.ScriptEngineManager [x]", "a: 1", "\"text\"", "[]", ""})
    void refusesWhatIsNothingToJudge(String text) throws Exception {
        EdgeTest.assertError(server.post("/review", text), 400);
    }

    @Test
    void refusesOverFiveHundredDocuments() throws Exception {
        EdgeTest.assertError(server.post("/review", "apiVersion: v1\nkind: Service\n---\n".repeat(501)), 413);
    }

    @Test
    void refusesToTellOverTenThousandFindings() throws Exception {
        String containers = "{\"name\":\"a\",\"image\":\"a\"},".repeat(2_000) + "{\"name\":\"a\",\"image\":\"a\"}";
        String pod = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"containers\":[" + containers + "]}}";
        EdgeTest.assertError(server.post("/review", pod), 413);
    }

    @Test
    void readsListsWhoseElementsDoNotSayWhatTheyAre() throws Exception {
        JsonNode report = review("", """
                {"apiVersion":"v1","kind":"PodList","items":[{"metadata":{"name":"a"},"spec":{"containers":[{"name":"a",\
                "image":"a:1","securityContext":{"privileged":true}}]}}]}""");
        assertThat(report.at("/results/0/subject/kind").asString("")).isEqualTo("Pod");
        assertThat(report.at("/results/0/allowed").asBoolean(true)).isFalse();
    }

    @Test
    void doesNotTakeValuesOfATemplateForAContainer() throws Exception {
        EdgeTest.assertError(server.post("/review", "image: nginx\nreplicaCount: 1\n"), 400);
    }

    @Test
    void deniesAContainerReviewThatIsTooLargeByItsUid() throws Exception {
        String review = containerReviewText("CREATE", "{\"Image\":\"" + "a".repeat(33 << 20) + "\"}");
        JsonNode response =
                JSON.readTree(server.post("/containers/review", review).body()).path("response");
        assertThat(response.path("uid").asString("")).isEqualTo("c-1");
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.at("/status/code").asInt(0)).isEqualTo(413);
    }

    @Test
    void takesAnythingForAContainerWhereItIsTold() throws Exception {
        EdgeTest.assertError(server.post("/review", "{\"User\":\"0\"}"), 400);
        JsonNode report = review("?kind=Container", "{\"User\":\"0\"}");
        assertThat(report.at("/results/0/subject/kind").asString("")).isEqualTo("Container");
        assertThat(report.at("/results/0/allowed").asBoolean(true)).isFalse();
    }

    @Test
    void patchesAContainerAndAllowsIt() throws Exception {
        String config = """
                {"Image":"alpine:3.22","User":"10001","HostConfig":{"ReadonlyRootfs":true,"PidsLimit":0,"SecurityOpt":null}}""";
        JsonNode response = containerReview("CREATE", config);
        assertThat(response.path("uid").asString("")).isEqualTo("c-1");
        assertThat(response.path("allowed").asBoolean(false)).isTrue();
        assertThat(response.path("patchType").asString("")).isEqualTo("JSONPatch");
        JsonNode patch =
                JSON.readTree(Base64.getDecoder().decode(response.path("patch").asString("")));
        JsonNode patched = JsonPatch.apply(patch, JSON.readTree(config));
        assertThat(patched.at("/HostConfig/PidsLimit").asInt(0)).isEqualTo(64);
        assertThat(patched.at("/HostConfig/SecurityOpt/0").asString("")).isEqualTo("no-new-privileges=true");
        assertThat(containerReview("CREATE", patched.toString()).has("patch")).isFalse();
    }

    @Test
    void deniesAContainerForWhatRemains() throws Exception {
        JsonNode response = containerReview("CREATE", example("docker-run.json"));
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.has("patch")).isFalse();
        assertThat(response.at("/status/message").asString(""))
                .contains("HostConfig.Privileged is true; set it to false (privileged)")
                .doesNotContain("pids-limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hostconfig\":{\"privileged\":true}}",
                "{\"Ho\u017ftConfig\":{\"Privileged\":true}}",
                "{\"Privileged\":true}",
                "{\"HostConfig\":{\"Privileged\":\"yes\"}}",
                "{\"HostConfig\":{},\"hostConfig\":{}}",
                "{\"HostConfig\":{\"VolumesFrom\":[\"other\"]}}",
                "null"
            })
    void isNotFooledByOtherSpellings(String config) throws Exception {
        assertThat(containerReview("CREATE", config).path("allowed").asBoolean(true))
                .isFalse();
    }

    @Test
    void judgesWhatIsDoneToARunningContainer() throws Exception {
        JsonNode exec = containerReview("EXEC", "{\"Privileged\":true,\"Cmd\":[\"id\"]}");
        assertThat(exec.path("allowed").asBoolean(true)).isFalse();
        assertThat(exec.at("/status/message").asString(""))
                .startsWith("1 violation in Container web of policy default:")
                .contains("Privileged is true; set it to false (exec-privileged)");
        JsonNode root = containerReview("EXEC", "{\"User\":\"0\",\"Cmd\":[\"id\"]}");
        assertThat(root.path("allowed").asBoolean(false)).isTrue();
        assertThat(root.path("warnings").toString()).contains("(exec-as-root)");
        assertThat(root.has("patch")).isFalse();
        assertThat(containerReview("UPDATE", "{\"PidsLimit\":-1}")
                        .path("allowed")
                        .asBoolean(true))
                .isFalse();
        assertThat(containerReview("UPDATE", "{\"PidsLimit\":null,\"Memory\":0}")
                        .path("allowed")
                        .asBoolean(false))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EXEC   | {"Privileged":true,"privileged":false}
            EXEC   | {"Privileged":"no"}
            UPDATE | {"PidsLimit":"64"}
            UPDATE | null
            DELETE | {}
            exec   | {}
            """)
    void deniesWhatItCannotJudge(String operation, String config) throws Exception {
        JsonNode response = containerReview(operation, config);
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.at("/status/code").asInt(0)).isEqualTo(400);
    }

    @Test
    void answersABrokenContainerReviewByItsUid() throws Exception {
        String review = containerReviewText("CREATE", "{}");
        JsonNode response = JSON.readTree(server.post("/containers/review", review.substring(0, review.length() - 4))
                .body());
        assertThat(response.at("/response/uid").asString("")).isEqualTo("c-1");
        assertThat(response.at("/response/allowed").asBoolean(true)).isFalse();
        EdgeTest.assertError(server.post("/containers/review", "{}"), 400);
        EdgeTest.assertError(server.post("/containers/review", review.replace("c-1", "")), 400);
    }

    private static JsonNode review(String query, String text) throws Exception {
        HttpResponse<String> answer = server.post("/review" + query, text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode containerReview(String operation, String config) throws Exception {
        HttpResponse<String> answer = server.post("/containers/review", containerReviewText(operation, config));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode review = JSON.readTree(answer.body());
        assertThat(review.path("kind").asString("")).isEqualTo("ContainerReview");
        return review.path("response");
    }

    private static String containerReviewText(String operation, String config) {
        return """
                {"apiVersion":"portcullis.dev/v1alpha1","kind":"ContainerReview","request":{"uid":"c-1",\
                "operation":"%s","user":"","name":"web","config":%s}}""".formatted(operation, config);
    }

    private static String example(String name) throws Exception {
        return Files.readString(Path.of("src", "test", "examples", name));
    }

    private static String indented(String text) {
        return text.stripTrailing().replace("\n", "\n  ");
    }
}
