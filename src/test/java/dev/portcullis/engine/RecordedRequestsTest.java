package dev.portcullis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.Json;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.testing.Shared;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.Requester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every recorded request gets the verdict that a person read; {@code -Dportcullis.goldens=rewrite} writes them anew. */
class RecordedRequestsTest {
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("portcullis.goldens"));
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"docker-authz-20.10", "docker-authz-29.7"})
    void getTheirVerdicts(String recording) throws Exception {
        List<String> lines = new ArrayList<>();
        KnownEngine engine = new KnownEngine().image("busybox:local", "").image("scratchy:1", "10001");
        EngineGate gate = new EngineGate(() -> BuiltInPolicies.set(Mode.ENFORCE), engine, ImageDigests.NONE, () -> NOW);
        for (String line : Files.readAllLines(Shared.path("recorded/" + recording + ".jsonl"))) {
            JsonNode recorded = Json.read(line.getBytes(UTF_8));
            if (recorded.path("path").stringValue("").equals("/AuthZPlugin.AuthZReq")) {
                JsonNode request = recorded.path("body");
                EngineVerdict verdict = gate.decide(call(request));
                assertThat(verdict.message()).hasSizeLessThanOrEqualTo(500).doesNotContain("\n");
                assertThat(verdict.message().isEmpty()).isEqualTo(verdict.allowed());
                lines.add("%s %s%n  %s%s"
                        .formatted(
                                request.path("RequestMethod").stringValue(""),
                                request.path("RequestUri").stringValue("").replaceAll("[0-9a-f]{64}", "ID"),
                                verdict.allowed() ? "allow" : "deny: ",
                                verdict.message()));
            }
        }
        Path golden = Path.of("src/test/goldens", recording + ".verdicts.txt");
        if (REWRITE) {
            Files.write(golden, lines);
        }
        assertThat(golden).hasContent(String.join("\n", lines));
    }

    private static EngineCall call(JsonNode request) {
        JsonNode headers = request.path("RequestHeaders");
        String length = headers.path("Content-Length").stringValue(null);
        return new EngineCall(
                request.path("RequestMethod").stringValue(""),
                request.path("RequestUri").stringValue(""),
                headers.path("Content-Type").stringValue(null),
                length == null ? null : Long.valueOf(length),
                Base64.getDecoder().decode(request.path("RequestBody").stringValue("")),
                new Requester(null, Set.of()));
    }
}
