package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Shared;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything that a real API server sent is answered over HTTPS, with verdicts that a person has looked at. */
class RecordedReviewsTest {
    private static final Path GOLDEN = Path.of("src", "test", "goldens", "recorded-admission-reviews.txt");
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void answersEveryRecordedReview() throws Exception {
        List<String> recorded = Files.readAllLines(Shared.path("recorded/admission-reviews.jsonl"));
        List<String> verdicts = new ArrayList<>();
        try (RunningServer server = RunningServer.deciding()) {
            for (String line : recorded) {
                JsonNode request = JSON.readTree(line);
                String path = request.path("path").asString("");
                String body = JSON.writeValueAsString(request.path("body"));
                HttpResponse<String> answer = server.post(path, body);
                assertThat(answer.statusCode()).as(line).isEqualTo(200);
                verdicts.add(verdict(path, request.path("body").path("request"), JSON.readTree(answer.body())));
            }
        }
        if ("rewrite".equals(System.getProperty("portcullis.goldens"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.write(GOLDEN, verdicts, StandardCharsets.UTF_8);
        }
        assertThat(verdicts).hasSameSizeAs(recorded).isEqualTo(Files.readAllLines(GOLDEN));
    }

    private static String verdict(String path, JsonNode request, JsonNode review) {
        JsonNode response = review.path("response");
        assertThat(review.path("apiVersion").asString("")).isEqualTo("admission.k8s.io/v1");
        assertThat(response.path("uid").asString(""))
                .isEqualTo(request.path("uid").asString(""));
        StringJoiner text = new StringJoiner(" ");
        text.add(path.substring(0, path.indexOf('?')));
        text.add(request.path("operation").asString(""));
        String subresource = request.path("subResource").asString("");
        text.add(request.path("kind").path("kind").asString("") + (subresource.isEmpty() ? "" : "/" + subresource));
        text.add(request.path("namespace").asString("-") + "/" + name(request));
        text.add(response.path("allowed").asBoolean() ? "allowed" : "DENIED");
        response.path("auditAnnotations").properties().stream()
                .filter(annotation -> !annotation.getKey().equals("policy-version"))
                .forEach(annotation -> text.add(
                        annotation.getKey() + "=" + annotation.getValue().asString("")));
        assertThat(response.at("/auditAnnotations/policy-version").asString("built-in-enforce"))
                .isEqualTo("built-in-enforce");
        JsonNode patch = response.path("patch");
        if (patch.isString()) {
            JsonNode operations = JSON.readTree(Base64.getDecoder().decode(patch.stringValue()));
            operations.forEach(
                    operation -> text.add("+" + operation.path("path").asString("")));
        }
        return text.toString();
    }

    /** Generated names differ with each recording. */
    private static String name(JsonNode request) {
        String name = request.path("name").asString("");
        return name.isEmpty()
                ? request.path("object").path("metadata").path("generateName").asString("") + "*"
                : name;
    }
}
