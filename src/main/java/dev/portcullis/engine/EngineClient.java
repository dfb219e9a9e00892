package dev.portcullis.engine;

import dev.portcullis.docker.TargetText;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Asks the engine behind a unix socket. One connection a question, in HTTP/1.0, which engines (Go's net/http) answer without
 * chunks and end by closing: all there is to read is a status and the rest.
 */
public final class EngineClient implements EngineView {
    /** Bytes of an answer: an image with a thousand layers has a tenth of them. */
    private static final int LONGEST_ANSWER = 4 << 20;

    private static final int LONGEST_REASON = 120;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Path socket;

    /** A client of the engine that listens on a socket. */
    public EngineClient(Path socket) {
        this.socket = socket;
    }

    @Override
    public Optional<JsonNode> image(String name, Deadline deadline) throws EngineUnavailableException {
        return get("/images/" + TargetText.path(name) + "/json", deadline);
    }

    @Override
    public Optional<JsonNode> container(String name, Deadline deadline) throws EngineUnavailableException {
        return get("/containers/" + TargetText.path(name) + "/json", deadline);
    }

    @Override
    public Optional<JsonNode> volume(String name, Deadline deadline) throws EngineUnavailableException {
        return get("/volumes/" + TargetText.path(name), deadline);
    }

    /** Its version, as {@code GET /version} says it. */
    public String version(Deadline deadline) throws EngineUnavailableException {
        return get("/version", deadline)
                .map(version -> version.path("Version").stringValue(""))
                .orElse("");
    }

    /** What it says of itself, as {@code GET /info} prints it. */
    JsonNode info(Deadline deadline) throws EngineUnavailableException {
        return required("/info", deadline);
    }

    /**
     * The list of its containers, as {@code GET /containers/json} prints it.
     *
     * @param stopped whether those that do not run are in it
     */
    JsonNode containers(boolean stopped, Deadline deadline) throws EngineUnavailableException {
        return required("/containers/json" + (stopped ? "?all=1" : ""), deadline);
    }

    /** A network by name, as {@code GET /networks/{name}} prints it. */
    Optional<JsonNode> network(String name, Deadline deadline) throws EngineUnavailableException {
        return get("/networks/" + TargetText.path(name), deadline);
    }

    private JsonNode required(String path, Deadline deadline) throws EngineUnavailableException {
        return get(path, deadline)
                .orElseThrow(() -> new EngineUnavailableException("at " + socket + " does not know " + path));
    }

    /** Where it takes requests of anybody. */
    public List<OpenAddress> openAddresses(Deadline deadline) throws EngineUnavailableException {
        return OpenAddress.in(info(deadline));
    }

    private Optional<JsonNode> get(String path, Deadline deadline) throws EngineUnavailableException {
        EngineAnswer answer = EngineAnswer.parse(exchange(path, deadline));
        return switch (answer.status()) {
            case OK -> Optional.of(read(answer.body()));
            case NOT_FOUND -> Optional.empty();
            default ->
                throw new EngineUnavailableException("answered with status " + answer.status() + ": "
                        + Printable.text(new String(answer.body(), StandardCharsets.UTF_8), LONGEST_REASON));
        };
    }

    private static JsonNode read(byte[] body) throws EngineUnavailableException {
        try {
            return Json.read(body);
        } catch (UnreadableException unreadable) {
            throw new EngineUnavailableException("answered with what is " + unreadable.getMessage());
        }
    }

    private byte[] exchange(String path, Deadline deadline) throws EngineUnavailableException {
        String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\nUser-Agent: portcullis\r\n\r\n";
        try {
            byte[] answer = SocketQuestion.ask(socket, request, LONGEST_ANSWER, deadline);
            if (answer.length > LONGEST_ANSWER) {
                throw new EngineUnavailableException("answered with more than " + LONGEST_ANSWER + " bytes");
            }
            return answer;
        } catch (IOException | IllegalArgumentException failed) {
            if (deadline.left() <= 0) {
                throw new EngineUnavailableException("at " + socket + " did not answer in time");
            }
            throw new EngineUnavailableException(
                    "at " + socket + " cannot be reached (" + Printable.text(failed.toString(), LONGEST_REASON) + ")");
        }
    }
}
