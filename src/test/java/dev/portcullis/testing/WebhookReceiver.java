package dev.portcullis.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook: takes what is posted to it, and answers 200 unless it was told otherwise. */
public final class WebhookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch speaking = new CountDownLatch(1);
    private volatile boolean silent;

    /** What was posted. */
    public record Request(String path, Map<String, List<String>> headers, String body) {
        /** The first value of a header. */
        public @Nullable String header(String name) {
            List<String> values = headers.get(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
            return values == null ? null : values.getFirst();
        }

        /** The body. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** What is answered. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    private WebhookReceiver(HttpServer server) {
        this.server = server;
        server.createContext("/", this::take);
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        server.start();
    }

    /** One on a free port of loopback. */
    public static WebhookReceiver start() throws IOException {
        return new WebhookReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** An address of it. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Answers the next request so. */
    public void answer(int status, Map<String, String> headers, String body) {
        answers.add(new Answer(status, headers, body));
    }

    /** Answers nothing from now on. */
    public void fallSilent() {
        silent = true;
    }

    /** Answers again, late what was not answered. */
    public void speak() {
        silent = false;
        speaking.countDown();
    }

    /** What was posted until now. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answers.poll();
            requests.add(
                    new Request(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
            if (silent) {
                speaking.await();
            }
            Answer given = answer == null ? new Answer(200, Map.of(), "ok") : answer;
            given.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = given.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(given.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        speak();
        server.stop(0);
    }
}
