package dev.portcullis.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** As much of an API server as a watch needs, for what a real one cannot be made to do. */
final class FakeApi implements AutoCloseable {
    private static final String BOOKMARK = "{\"type\": \"BOOKMARK\", \"object\": {\"apiVersion\": \"v1\","
            + " \"kind\": \"Any\", \"metadata\": {\"resourceVersion\": \"100\"}}}\n";

    final Map<String, List<String>> lists = new ConcurrentHashMap<>();
    final Map<String, String> objects = new ConcurrentHashMap<>();
    /** By path what is answered to one list after the other: a page, or the status code of an error. */
    final Map<String, BlockingQueue<String>> pages = new ConcurrentHashMap<>();

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, BlockingQueue<String>> events = new ConcurrentHashMap<>();
    private final HttpServer server;

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: gate, user: {token: t}}]
                contexts: [{name: fake, context: {cluster: fake, user: gate}}]
                current-context: fake
                """.formatted(server.getAddress().getPort()));
    }

    /** Sends an event to those who watch a path. */
    void send(String path, String type, String object) {
        queue(path).add("{\"type\": \"" + type + "\", \"object\": " + object.replace('\n', ' ') + "}\n");
    }

    private BlockingQueue<String> queue(String path) {
        return events.computeIfAbsent(path, _ -> new LinkedBlockingQueue<>());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            requests.add(path + "?" + query);
            if (query.contains("watch=true")) {
                watch(exchange, path);
            } else if (pages.containsKey(path)) {
                page(exchange, pages.get(path).remove());
            } else if (lists.containsKey(path)) {
                answer(
                        exchange,
                        200,
                        "{\"kind\": \"List\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"100\"}, \"items\": ["
                                + String.join(",", lists.get(path)) + "]}");
            } else if (objects.containsKey(path)) {
                answer(exchange, 200, objects.get(path));
            } else {
                answer(exchange, 404, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 404}");
            }
        }
    }

    private static void page(HttpExchange exchange, String page) throws IOException {
        if (page.startsWith("{")) {
            answer(exchange, 200, page);
        } else {
            answer(
                    exchange,
                    Integer.parseInt(page),
                    "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": " + page + "}");
        }
    }

    private void watch(HttpExchange exchange, String path) throws IOException {
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            answer(exchange, 503, "no web sockets");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            // The head goes out with the first event.
            out.write(BOOKMARK.getBytes(StandardCharsets.UTF_8));
            out.flush();
            String event = queue(path).poll(30, TimeUnit.SECONDS);
            while (event != null) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
                event = queue(path).poll(30, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
