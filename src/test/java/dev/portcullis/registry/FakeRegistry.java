package dev.portcullis.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.portcullis.app.tls.ServingCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry that answers as a test says, over TLS on loopback, and remembers what it was asked. */
final class FakeRegistry implements AutoCloseable {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path authority;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /**
     * Starts one.
     *
     * @param folder where its certificate is kept
     */
    FakeRegistry(Path folder, HttpHandler answers) throws Exception {
        Path tls = folder.resolve("tls");
        try (ServingCertificate certificate = ServingCertificate.selfSigned(tls, List.of())) {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(
                    certificate.bundles().getBundle(ServingCertificate.BUNDLE).createSslContext()));
        }
        authority = tls.resolve("ca.crt");
        server.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                    + (authorization == null ? "" : " " + authorization));
            try (exchange) {
                answers.handle(exchange);
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    /** Its name as images have it. */
    String name() {
        return "localhost:" + server.getAddress().getPort();
    }

    /** The file of the CA to trust. */
    Path authority() {
        return authority;
    }

    /** Settings that let it be asked. */
    Settings settings() {
        return Settings.allowing(name()).trusting(authority);
    }

    /** Method, path and authorization of each request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Answers with a manifest; a HEAD without it. */
    static void manifest(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of(MANIFEST));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Answers with a digest in the header. */
    static void digest(HttpExchange exchange, String digest) throws IOException {
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
        manifest(exchange, new byte[0]);
    }

    /** Answers with a status and a header. */
    static void status(HttpExchange exchange, int status, String header, String value) throws IOException {
        exchange.getResponseHeaders().set(header, value);
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
