package dev.portcullis.app;

import static dev.portcullis.app.ConsoleClient.each;
import static dev.portcullis.app.ConsoleClient.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.Reviews;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies that are tried by the console's API. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleImpactTest {
    private static final String MILD = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: default}
            spec: {profile: baseline, mode: enforce}
            """;

    private RunningServer portcullis;
    private ConsoleClient console;

    @BeforeAll
    void start() throws Exception {
        portcullis = RunningServer.deciding();
        console = new ConsoleClient(portcullis);
        review("a", "plain", "");
        review("b", "bare", "hostNetwork: true, ");
        await().atMost(30, SECONDS)
                .until(() -> console.get("/api/v1/decisions").path("decisions").size() >= 2);
    }

    @AfterAll
    void stop() {
        portcullis.close();
    }

    private void review(String uid, String name, String spec) throws Exception {
        ObjectNode review = Reviews.create(Reviews.object("{apiVersion: v1, kind: Pod, metadata: {name: " + name
                + ", namespace: shop}, spec: {" + spec + "containers: [{name: web, image: 'web:1'}]}}"));
        ((ObjectNode) review.path("request")).put("uid", uid).put("name", name).put("namespace", "shop");
        assertThat(portcullis.post("/validate", review.toString()).body()).contains("\"allowed\":false");
    }

    @Test
    void triesAPolicyOnWhatWasAsked() throws Exception {
        HttpResponse<String> begun = console.post("/api/v1/impact?source=history&hours=1", MILD);
        String id = json(begun, 202).path("id").stringValue();
        assertThat(begun.headers().firstValue("Location")).hasValue("/api/v1/impact?id=" + id);
        await().atMost(20, SECONDS)
                .until(() -> !console.get("/api/v1/impact?id=" + id)
                        .path("state")
                        .stringValue()
                        .equals("running"));
        JsonNode job = console.get("/api/v1/impact?id=" + id);

        assertThat(job.path("problem").isNull()).isTrue();
        assertThat(job.at("/impact/summary/judged").intValue()).isEqualTo(2);
        assertThat(job.at("/impact/summary/allowed").intValue()).isEqualTo(1);
        assertThat(each(job.at("/impact/owners"), "name")).contains("plain");
        assertThat(job.at("/impact/owners")
                        .valueStream()
                        .filter(owner -> owner.path("name").stringValue().equals("bare"))
                        .allMatch(owner -> owner.path("allowed").intValue() == 0))
                .isTrue();
        assertThat(each(console.get("/api/v1/impact").path("jobs"), "id")).contains(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | ?source=history         | profile: soft   | candidate:4:17: spec.profile
            400 | ?source=history         | profil: none    | did you mean
            400 | ?source=elsewhere       | profile: none   | history
            400 | ''                      | profile: none   | source
            400 | ?source=history&hours=0 | profile: none   | hours must be
            400 | ?source=history&namespace=a | profile: none | leave it out
            409 | ?source=workloads       | profile: baseline | there is no cluster
            """)
    void saysWhatIsWrongAndWhatToDo(int status, String query, String profile, String told) throws Exception {
        String policy = MILD.replace("profile: baseline", profile);

        JsonNode error = json(console.post("/api/v1/impact" + query, policy), status);

        assertThat(error.path("message").stringValue()).contains(told);
    }

    @Test
    void refusesWhatIsNoPolicyOrTooLarge() throws Exception {
        assertThat(json(console.post("/api/v1/impact?source=history", ""), 400)
                        .path("message")
                        .stringValue())
                .contains("no policy");
        assertThat(json(console.post("/api/v1/impact?source=history", "# ".repeat(600_000)), 400)
                        .path("message")
                        .stringValue())
                .contains("1 MiB");
        assertThat(console.post("/api/v1/impact?source=history", "# ".repeat(2_200_000))
                        .statusCode())
                .isEqualTo(413);
        assertThat(console.ask("/api/v1/impact?id=none").statusCode()).isEqualTo(404);
    }
}
