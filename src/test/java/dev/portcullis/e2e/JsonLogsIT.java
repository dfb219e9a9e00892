package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Reviews;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs as machines read them. */
@Timeout(120)
final class JsonLogsIT {
    @Test
    void everyLineIsAnObjectAndADenialHasTheRequestAsAFieldOfItsOwn() throws Exception {
        JsonNode review = Reviews.create(Reviews.object("""
                {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop},
                spec: {containers: [{name: web, image: 'web:1', securityContext: {privileged: true}}]}}
                """));
        try (PortcullisProcess gate = PortcullisProcess.start("localhost", "--logging.structured.format.console=ecs");
                HttpClient client = gate.client()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + gate.admissionPort() + "/validate"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(review.toString()))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("privileged");

            List<JsonNode> lines = Files.readAllLines(gate.log()).stream()
                    .map(JsonMapper.shared()::readTree)
                    .toList();
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.path("@timestamp").asString("")).isNotEmpty();
                assertThat(line.at("/log/level").asString("")).isNotEmpty();
            });
            assertThat(lines)
                    .filteredOn(line -> line.path("message").asString("").startsWith("denied CREATE Pod shop/web"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.path("request").asString(""))
                            .isEqualTo(review.at("/request/uid").asString("-")));
        }
    }
}
