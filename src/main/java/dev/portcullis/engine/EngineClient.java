package dev.portcullis.engine;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.workload.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    /** Closes the connections whose time is over, which ends whatever waits for them. */
    private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

    private final Path socket;

    /** A client of the engine that listens on a socket. */
    public EngineClient(Path socket) {
        this.socket = socket;
    }

    private static ScheduledThreadPoolExecutor deadlines() {
        var deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("engine-deadlines").daemon().factory());
        deadlines.setRemoveOnCancelPolicy(true);
        return deadlines;
    }

    @Override
    public Optional<JsonNode> image(String name, Deadline deadline) throws EngineUnavailableException {
        return get("/images/" + escaped(name) + "/json", deadline);
    }

    @Override
    public Optional<JsonNode> container(String name, Deadline deadline) throws EngineUnavailableException {
        return get("/containers/" + escaped(name) + "/json", deadline);
    }

    @Override
    public Optional<JsonNode> volume(String name, Deadline deadline) throws EngineUnavailableException {
        return get("/volumes/" + escaped(name), deadline);
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
        return get("/networks/" + escaped(name), deadline);
    }

    private JsonNode required(String path, Deadline deadline) throws EngineUnavailableException {
        return get(path, deadline)
                .orElseThrow(() -> new EngineUnavailableException("at " + socket + " does not know " + path));
    }

    /** What it warns of itself, as {@code GET /info} says it. */
    public List<String> warnings(Deadline deadline) throws EngineUnavailableException {
        return info(deadline)
                .path("Warnings")
                .valueStream()
                .map(warning -> warning.stringValue(""))
                .toList();
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
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            ScheduledFuture<?> end =
                    DEADLINES.schedule(() -> close(channel), Math.max(0, deadline.left()), TimeUnit.NANOSECONDS);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return exchange(channel, path);
            } finally {
                end.cancel(false);
            }
        } catch (IOException | IllegalArgumentException failed) {
            if (deadline.left() <= 0) {
                throw new EngineUnavailableException("at " + socket + " did not answer in time");
            }
            throw new EngineUnavailableException(
                    "at " + socket + " cannot be reached (" + Printable.text(failed.toString(), LONGEST_REASON) + ")");
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // it was to be thrown away
        }
    }

    private static byte[] exchange(SocketChannel channel, String path) throws IOException, EngineUnavailableException {
        String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\nUser-Agent: portcullis\r\n\r\n";
        ByteBuffer head = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (head.hasRemaining()) {
            channel.write(head);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(16 * 1024);
        while (channel.read(part) >= 0) {
            answer.write(part.array(), 0, part.position());
            part.clear();
            if (answer.size() > LONGEST_ANSWER) {
                throw new EngineUnavailableException("answered with more than " + LONGEST_ANSWER + " bytes");
            }
        }
        return answer.toByteArray();
    }

    /** As one path, slashes kept: no name can become a query, another route or a second line. */
    private static String escaped(String name) {
        StringBuilder path = new StringBuilder(name.length());
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "-._~/:@".indexOf(c) >= 0) {
                path.append(c);
            } else {
                path.append('%').append(String.format("%02X", (int) c));
            }
        }
        return path.toString();
    }
}
