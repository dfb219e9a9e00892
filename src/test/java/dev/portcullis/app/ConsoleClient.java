package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server's console with its token. */
final class ConsoleClient {
    private final RunningServer portcullis;
    private final String token;

    ConsoleClient(RunningServer portcullis) throws IOException {
        this.portcullis = portcullis;
        this.token = Files.readString(portcullis.data.resolve("admin-token")).strip();
    }

    URI uri(String path) {
        return URI.create("https://localhost:" + portcullis.server.consolePort() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return portcullis.client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return json(ask(path), 200);
    }

    static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The texts of one member of the elements of a list. */
    static Stream<String> each(JsonNode list, String member) {
        return list.valueStream().map(element -> element.path(member).asString(""));
    }
}
