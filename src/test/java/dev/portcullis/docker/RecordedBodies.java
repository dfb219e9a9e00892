package dev.portcullis.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.testing.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Bodies that Docker's own client and hand-made requests sent to real engines. */
final class RecordedBodies {
    private static final List<String> RECORDINGS = List.of("docker-authz-20.10.jsonl", "docker-authz-29.7.jsonl");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecordedBodies() {}

    /** The bodies, none of them empty, of POST requests to a path that matches. */
    static List<byte[]> of(String path) {
        Pattern wanted = Pattern.compile("(?:/v[0-9.]+)?" + path + "(?:\\?.*)?");
        List<byte[]> bodies = new ArrayList<>();
        for (String recording : RECORDINGS) {
            try (Stream<String> lines = Files.lines(Shared.path("recorded/" + recording))) {
                lines.map(MAPPER::readTree)
                        .filter(line -> line.path("path").asString().equals("/AuthZPlugin.AuthZReq"))
                        .map(line -> line.path("body"))
                        .filter(request ->
                                request.path("RequestMethod").asString().equals("POST"))
                        .filter(request -> wanted.matcher(
                                        request.path("RequestUri").asString())
                                .matches())
                        .map(RecordedBodies::body)
                        .filter(body -> body.length > 0)
                        .forEach(bodies::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bodies;
    }

    private static byte[] body(JsonNode request) {
        return Base64.getDecoder().decode(request.path("RequestBody").asString(""));
    }

    /** The bodies of container-create requests that are JSON of one meaning. */
    static List<JsonNode> creates() {
        List<JsonNode> creates = new ArrayList<>();
        for (byte[] body : of("/containers/create")) {
            try {
                creates.add(Json.read(body));
            } catch (UnreadableException e) {
                // One of them has a key twice, on purpose.
            }
        }
        assertThat(creates).hasSizeGreaterThan(30);
        return creates;
    }
}
