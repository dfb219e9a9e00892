package dev.portcullis.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Takes OTLP over HTTP, and reads of spans what tests ask of them; the numbers are those of opentelemetry-proto's trace.proto. */
public final class TraceReceiver implements AutoCloseable {
    private final HttpServer server;
    private final CountDownLatch answering;
    private final List<Received> spans = new CopyOnWriteArrayList<>();

    /**
     * A span.
     *
     * @param parent identifier of the span that it is part of, empty where it has none
     */
    public record Received(String trace, String parent, String name, Map<String, String> attributes) {}

    private TraceReceiver(HttpServer server, CountDownLatch answering) {
        this.server = server;
        this.answering = answering;
        server.createContext("/v1/traces", this::take);
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        server.start();
    }

    /** One that answers at once. */
    public static TraceReceiver start() throws IOException {
        return start(new CountDownLatch(0));
    }

    /** One that takes what comes and does not answer while it is open. */
    public static TraceReceiver startSilent() throws IOException {
        return start(new CountDownLatch(1));
    }

    private static TraceReceiver start(CountDownLatch answering) throws IOException {
        return new TraceReceiver(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), answering);
    }

    /** Where it takes spans. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    /** What has come until now. */
    public List<Received> spans() {
        return spans;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            UnknownFieldSet request =
                    UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes());
            for (UnknownFieldSet resource : messages(request, 1)) {
                for (UnknownFieldSet scope : messages(resource, 2)) {
                    messages(scope, 2).forEach(span -> spans.add(read(span)));
                }
            }
            answering.await();
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Received read(UnknownFieldSet span) {
        Map<String, String> attributes = new HashMap<>();
        for (UnknownFieldSet attribute : messages(span, 9)) {
            UnknownFieldSet value = messages(attribute, 2).getFirst();
            attributes.put(
                    text(attribute, 1),
                    value.hasField(1)
                            ? text(value, 1)
                            : value.asMap()
                                    .values()
                                    .iterator()
                                    .next()
                                    .getVarintList()
                                    .toString());
        }
        return new Received(hex(span, 1), hex(span, 4), text(span, 5), attributes);
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field) {
        return of.getField(field).getLengthDelimitedList().stream()
                .map(TraceReceiver::parse)
                .toList();
    }

    private static UnknownFieldSet parse(ByteString message) {
        try {
            return UnknownFieldSet.parseFrom(message);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static String text(UnknownFieldSet of, int field) {
        return of.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
    }

    private static String hex(UnknownFieldSet of, int field) {
        List<ByteString> found = of.getField(field).getLengthDelimitedList();
        return found.isEmpty() ? "" : HexFormat.of().formatHex(found.getFirst().toByteArray());
    }

    @Override
    public void close() {
        answering.countDown();
        server.stop(0);
    }
}
