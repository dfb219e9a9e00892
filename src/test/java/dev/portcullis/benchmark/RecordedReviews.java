package dev.portcullis.benchmark;

import dev.portcullis.testing.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reviews of pods as a real API server sent them to a validating webhook. */
final class RecordedReviews {
    private static final JsonMapper JSON = JsonMapper.shared();

    private RecordedReviews() {}

    static List<byte[]> pods() {
        try {
            return Files.readAllLines(Shared.path("recorded/admission-reviews.jsonl")).stream()
                    .map(JSON::readTree)
                    .filter(line -> line.path("path").asString("").startsWith("/validate"))
                    .map(line -> line.path("body"))
                    .filter(RecordedReviews::bringsPod)
                    .map(JSON::writeValueAsBytes)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean bringsPod(JsonNode review) {
        JsonNode request = review.path("request");
        return request.path("kind").path("kind").asString("").equals("Pod")
                && !request.path("operation").asString("").equals("DELETE");
    }
}
