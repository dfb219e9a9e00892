package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.Reviews;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private RunningServer portcullis;
    private String token;

    @BeforeAll
    void start() throws Exception {
        portcullis = RunningServer.deciding();
        token = Files.readString(portcullis.data.resolve("admin-token")).strip();
        review("first", "shop", "web", false);
        review("dry", "shop", "web", true);
        review("second", "shop", "=cmd", false);
        await().atMost(30, SECONDS)
                .until(() -> get("/api/v1/decisions").path("decisions").size() >= 2);
    }

    @AfterAll
    void stop() {
        portcullis.close();
    }

    private void review(String uid, String namespace, String name, boolean dryRun) throws Exception {
        ObjectNode pod = Reviews.object(
                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: web, image: 'web:1',"
                        + " securityContext: {privileged: true}}]}}");
        ObjectNode review = Reviews.create(pod);
        ((ObjectNode) review.path("request"))
                .put("uid", uid)
                .put("dryRun", dryRun)
                .put("name", name)
                .put("namespace", namespace);
        ((ObjectNode) pod.path("metadata")).put("name", name).put("namespace", namespace);
        HttpRequest request = HttpRequest.newBuilder(portcullis.admission("/validate"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(review.toString()))
                .build();
        HttpResponse<String> answer = portcullis.client.send(request, BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"allowed\":false");
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + portcullis.server.consolePort() + path);
    }

    private HttpRequest.Builder asked(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(String path) throws Exception {
        return portcullis.client.send(asked(path).build(), BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void tellsDecisionsButNotDryRuns() throws Exception {
        JsonNode decisions = get("/api/v1/decisions?namespace=shop&check=privileged&outcome=deny")
                .path("decisions");

        assertThat(decisions.values().stream().map(each -> each.path("uid").stringValue()))
                .containsExactly("second", "first");
        assertThat(decisions.get(1).path("findings").toString())
                .contains("spec.containers[0].securityContext.privileged");
        assertThat(get("/api/v1/decisions?uid=dry").path("decisions")).isEmpty();
    }

    @Test
    void exportsAsLinesOfJsonAndAsCsvThatRunsNothing() throws Exception {
        HttpResponse<String> json = send("/api/v1/decisions/export?namespace=shop");
        HttpResponse<String> csv = send("/api/v1/decisions/export?format=csv&namespace=shop");

        assertThat(json.body().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"seq\":"));
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).contains("\"decisions.csv\""));
        assertThat(json.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).contains("\"decisions.ndjson\""));
        assertThat(csv.body().lines()).hasSize(3);
        assertThat(csv.body()).contains(",\"'=cmd\",").doesNotContain(",\"=cmd\"");
    }

    @Test
    void mergesDenialsAndCountsByTheHour() throws Exception {
        JsonNode denials = get("/api/v1/denials?open=true").path("denials");
        assertThat(denials.values().stream()
                        .filter(each -> each.path("namespace").stringValue().equals("shop"))
                        .map(each -> each.path("ownerName").stringValue()))
                .containsExactlyInAnyOrder("web", "=cmd");
        await().atMost(40, SECONDS)
                .until(() -> !get("/api/v1/trends").path("hours").isEmpty());
        JsonNode hour = get("/api/v1/trends?namespace=shop").path("hours").get(0);
        assertThat(hour.path("deny").intValue()).isPositive();
        assertThat(get("/api/v1/trends?namespace=other").path("hours")).isEmpty();
    }

    @Test
    void tellsDecisionsAsTheyAreMade() throws Exception {
        HttpResponse<InputStream> stream =
                portcullis.client.send(asked("/api/v1/decisions/stream").build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith(":");
            review("live", "bank", "live", true);
            review("third", "bank", "other", false);
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            assertThat(line).contains("\"uid\":\"third\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/decisions",
                "/api/v1/decisions/export",
                "/api/v1/decisions/stream",
                "/api/v1/denials",
                "/api/v1/trends",
                "/api/v1/workloads",
                "/api/v1/summary",
                "/api/v1/outages"
            })
    void answersNobodyWithoutTheToken(String path) throws Exception {
        for (String shown : new String[] {"", "Bearer wrong", "Basic " + token, "Bearer " + token + "x"}) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
            HttpRequest asked = shown.isEmpty()
                    ? request.build()
                    : request.header("Authorization", shown).build();
            HttpResponse<String> answer = portcullis.client.send(asked, BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(shown).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(answer.body()).doesNotContain(token).contains("admin token");
        }
        HttpRequest elsewhere = HttpRequest.newBuilder(portcullis.admission(path))
                .header("Authorization", "Bearer " + token)
                .build();
        assertThat(portcullis.client.send(elsewhere, BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/decisions?nothing=1",
                "/api/v1/decisions?limit=0",
                "/api/v1/decisions?limit=1&limit=2",
                "/api/v1/decisions?cursor=nonsense",
                "/api/v1/decisions?severity=worst",
                "/api/v1/decisions?outcome=denied",
                "/api/v1/decisions?source=kubernetes",
                "/api/v1/decisions?from=yesterday",
                "/api/v1/decisions/export?format=xml",
                "/api/v1/trends?from=2020-01-01T00:00:00Z",
                "/api/v1/denials?open=perhaps",
                "/api/v1/workloads?mode=loud",
                "/api/v1/workloads?cursor=nonsense",
                "/api/v1/outages?x"
            })
    void saysWhatIsWrongWithAQuestion(String path) throws Exception {
        HttpResponse<String> answer = send(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("message").stringValue())
                .isNotEmpty();
    }

    @Test
    void keepsTheTokenForItsOwnerAlone() throws Exception {
        Path file = portcullis.data.resolve("admin-token");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(portcullis.server.announcement()).contains(file.toString()).doesNotContain(token);
    }

    @Test
    void aGateAloneIsNoConsoleAndAConsoleAloneNoGate() throws Exception {
        try (RunningServer gate = RunningServer.deciding("portcullis.roles=gate")) {
            assertThat(gate.server.consolePort()).isEqualTo(-1);
            assertThat(gate.data.resolve("history")).doesNotExist();
            assertThat(gate.data.resolve("admin-token")).doesNotExist();
        }
        try (RunningServer console = RunningServer.deciding("portcullis.roles=console")) {
            HttpRequest request = HttpRequest.newBuilder(console.admission("/validate"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            assertThat(console.client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }
    }
}
