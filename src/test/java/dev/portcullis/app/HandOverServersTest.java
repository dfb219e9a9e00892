package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.app.tls.ServingCertificate;
import dev.portcullis.app.tls.TrustedClients;
import dev.portcullis.testing.Reviews;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A gate and a console as processes of their own, which know each other by the authority of their certificate. */
@Timeout(180)
class HandOverServersTest {
    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"containers": [{"name": "web", "image": "web:1", "securityContext": {"privileged": true}}]}}""";

    @TempDir
    private Path folder;

    private Path tls;
    private RunningServer console;
    private RunningServer gate;

    @BeforeEach
    void start() throws Exception {
        tls = folder.resolve("tls");
        ServingCertificate.selfSigned(tls, List.of()).close();
        console = console(0);
        gate = server(
                "gate",
                "portcullis.roles=gate",
                "portcullis.handover.to=https://localhost:" + console.server.admissionPort());
    }

    private RunningServer server(String name, String... properties) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "portcullis.tls.certificate=" + tls.resolve("tls.crt"),
                "portcullis.tls.key=" + tls.resolve("tls.key"),
                "portcullis.tls.authority=" + tls.resolve("ca.crt")));
        all.addAll(List.of(properties));
        return RunningServer.deciding(folder.resolve(name), tls.resolve("ca.crt"), all.toArray(String[]::new));
    }

    private RunningServer console(int port) throws Exception {
        return server(
                "console",
                "portcullis.roles=console",
                "portcullis.handover.accept=true",
                "portcullis.admission.port=" + port);
    }

    @AfterEach
    void stop() {
        gate.close();
        console.close();
    }

    private void review(String uid) throws Exception {
        ObjectNode review = Reviews.create((ObjectNode) JsonMapper.shared().readTree(POD));
        ((ObjectNode) review.path("request")).put("uid", uid).put("name", "web").put("namespace", "shop");
        assertThat(gate.post("/validate", review.toString()).body()).contains("\"allowed\":false");
    }

    private List<String> kept() throws Exception {
        return ask("decisions").path("decisions").values().stream()
                .map(decision -> decision.path("uid").stringValue())
                .toList();
    }

    private JsonNode ask(String what) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + console.server.consolePort() + "/api/v1/" + what))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(folder.resolve("console/admin-token"))
                                        .strip());
        return JsonMapper.shared().readTree(console.send(request).body());
    }

    @Test
    void theConsoleShowsAGateThatLivesAndNoneThatHasEnded() throws Exception {
        review("first");
        await().atMost(30, SECONDS)
                .until(() -> ask("gates").at("/gates/0/decisions").asInt(0) == 1);
        JsonNode gates = ask("gates").path("gates");
        assertThat(gates.size()).isEqualTo(1);
        assertThat(gates.path(0).path("policies").stringValue()).isEqualTo("built-in-enforce");
        assertThat(Instant.parse(gates.path(0).path("certificateEnds").stringValue()))
                .isAfter(Instant.now());
        assertThat(gates.path(0).path("p99Micros").longValue()).isPositive();
        assertThat(gates.path(0).path("problems").isEmpty()).isTrue();

        gate.close();
        assertThat(ask("gates").path("gates").isEmpty()).isTrue();
    }

    @Test
    void theConsoleKeepsWhatGatesDecideAlsoWhileItWasAway() throws Exception {
        review("first");
        await().atMost(30, SECONDS).until(() -> kept().contains("first"));

        int port = console.server.admissionPort();
        console.close();
        review("while it is away");
        await().atMost(30, SECONDS).until(() -> gate.metric("portcullis_handover_failing") == 1);
        console = console(port);

        await().atMost(60, SECONDS).until(() -> kept().size() == 2);
        assertThat(kept()).containsExactly("while it is away", "first");
        await().atMost(30, SECONDS).until(() -> gate.metric("portcullis_handover_failing") == 0);
        assertThat(gate.metric("portcullis_handover_dropped_total")).isZero();
    }

    @Test
    void itTakesDecisionsOfGatesAlone() throws Exception {
        assertThat(handOver(console.client).statusCode()).isEqualTo(403);
        assertThat(handOver(clientOf("like", List.of())).statusCode()).isEqualTo(204);
        assertThat(handOver(clientOf("other", List.of("other.example"))).body()).contains("portcullis.tls");
        assertThat(handOver(clientOf("other", List.of("other.example"))).statusCode())
                .isEqualTo(403);

        HttpRequest onThePortForPeople = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + console.server.consolePort() + "/handover"))
                .POST(BodyPublishers.ofByteArray(batch()))
                .build();
        assertThat(clientOf("like", List.of())
                        .send(onThePortForPeople, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    /** One with a certificate of the same authority. */
    private HttpClient clientOf(String name, List<String> names) throws Exception {
        Path own = folder.resolve(name);
        Files.createDirectories(own);
        for (String file : List.of("ca.crt", "ca.key")) {
            if (!Files.exists(own.resolve(file))) {
                Files.copy(tls.resolve(file), own.resolve(file));
            }
        }
        try (ServingCertificate certificate = ServingCertificate.selfSigned(own, names, TrustedClients.NOBODY)) {
            SSLContext context = certificate.peers().createSslContext();
            return HttpClient.newBuilder().sslContext(context).build();
        }
    }

    private HttpResponse<String> handOver(HttpClient client) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(console.admission("/handover"))
                .POST(BodyPublishers.ofByteArray(batch()))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static byte[] batch() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write("{\"started\": \"2026-11-29T12:00:00Z\", \"lost\": 0, \"entries\": []}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
