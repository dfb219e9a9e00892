package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whom the webhooks answer where clients have to show who they are. */
class ClientCertificatesTest {
    private static ClientKeys server;
    private static ClientKeys other;
    private static ClientKeys several;
    private static RunningServer gate;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = ClientKeys.make(folder, "server", "CN=kube-apiserver, O=masters");
        other = ClientKeys.make(folder, "other", "CN=somebody, O=kube-apiserver");
        several = ClientKeys.make(folder, "several", "CN=kube-apiserver, CN=somebody");
        Path authorities = Files.writeString(
                folder.resolve("authorities.pem"),
                Files.readString(server.certificate())
                        + Files.readString(other.certificate())
                        + Files.readString(several.certificate()));
        gate = RunningServer.deciding(
                "portcullis.admission.client-ca=" + authorities,
                "portcullis.admission.client-names=front-proxy,kube-apiserver");
    }

    @AfterAll
    static void stop() throws Exception {
        gate.close();
    }

    @Test
    void judgesForWhoHasTheName() throws Exception {
        assertThat(status(post(server, "/validate", review(""))).path("message").stringValue(""))
                .contains("privileged");
        assertThat(post(server, "/mutate", review("")).body()).contains("\"patch\"");
    }

    /** An HTTP error would admit the pod where the API server ignores failures. */
    @ParameterizedTest
    @CsvSource({
        "none, show a client certificate of the authority that portcullis.admission.client-ca names",
        "other, the client certificate has another common name than portcullis.admission.client-names accepts",
        "several, the client certificate has another common name than portcullis.admission.client-names accepts"
    })
    void deniesForEverybodyElseAndSaysNoMore(String who, String message) throws Exception {
        ClientKeys keys = switch (who) {
            case "other" -> other;
            case "several" -> several;
            default -> null;
        };
        for (String body : new String[] {review(""), review("a".repeat(1 << 20))}) {
            HttpResponse<String> validated = post(keys, "/validate", body);
            assertThat(validated.statusCode()).isEqualTo(200);
            assertThat(response(validated).path("uid").stringValue()).isEqualTo("1234");
            assertThat(response(validated).path("allowed").booleanValue()).isFalse();
            assertThat(status(validated).path("code").intValue()).isEqualTo(403);
            assertThat(status(validated).path("message").stringValue()).contains(message);
            assertThat(validated.body()).doesNotContain("privileged");

            HttpResponse<String> mutated = post(keys, "/mutate", body);
            assertThat(response(mutated).path("allowed").booleanValue()).isTrue();
            assertThat(response(mutated).path("patch").isMissingNode()).isTrue();
            assertThat(response(mutated).path("warnings").toString()).contains(message);
        }
        assertThat(post(keys, "/validate", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void asksDryRunsForNoCertificate() throws Exception {
        assertThat(post(null, "/review", review("")).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesNamesWithoutAnAuthority() {
        assertThatThrownBy(() -> RunningServer.deciding("portcullis.admission.client-names=kube-apiserver"))
                .hasStackTraceContaining("portcullis.admission.client-names goes with portcullis.admission.client-ca");
    }

    private static JsonNode response(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).path("response");
    }

    private static JsonNode status(HttpResponse<String> answer) {
        return response(answer).path("status");
    }

    private static HttpResponse<String> post(@Nullable ClientKeys keys, String path, String body) throws Exception {
        try (HttpClient client = gate.clientWith(keys == null ? null : keys.managers())) {
            return client.send(gate.json(path, body).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** A pod that nobody may have. */
    private static String review(String filler) {
        return """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "1234",
                 "kind": {"group": "", "version": "v1", "kind": "Pod"},
                 "resource": {"group": "", "version": "v1", "resource": "pods"},
                 "namespace": "default", "operation": "CREATE", "userInfo": {"username": "ann"},
                 "object": {"apiVersion": "v1", "kind": "Pod",
                  "metadata": {"name": "web", "namespace": "default", "annotations": {"filler": "%s"}},
                  "spec": {"containers": [{"name": "web", "image": "nginx:1.29.3",
                   "securityContext": {"privileged": true}}, {"name": "side", "image": "nginx:1.29.3"}]}}}}
                """.formatted(filler);
    }
}
