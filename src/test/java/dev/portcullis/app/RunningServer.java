package dev.portcullis.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A server on free ports in a folder of its own, and the clients to call it with. */
final class RunningServer implements AutoCloseable {
    final Path data;
    final Server server;
    final HttpClient client;
    private final SSLContext tls;

    private RunningServer(Path data, Server server, Path trusted) throws IOException, GeneralSecurityException {
        this.data = data;
        this.server = server;
        this.tls = trusting(trusted, null);
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Starts with a self-signed certificate. */
    static RunningServer start(String... properties) throws Exception {
        Path data = Files.createTempDirectory("portcullis-test");
        Server server = Server.start(options(data, properties), SampleServices.class);
        return new RunningServer(data, server, data.resolve("tls/ca.crt"));
    }

    /** Starts as it is shipped, deciding by the built-in policy unless the properties say otherwise. */
    static RunningServer deciding(String... properties) throws Exception {
        Path data = Files.createTempDirectory("portcullis-test");
        Server server = Server.start(options(data, properties), Decisions.class);
        return new RunningServer(data, server, data.resolve("tls/ca.crt"));
    }

    /** The same in this folder, with a certificate of this authority, which the properties name. */
    static RunningServer deciding(Path data, Path trusted, String... properties) throws Exception {
        return new RunningServer(data, Server.start(options(data, properties), Decisions.class), trusted);
    }

    /** Starts with these files. */
    static RunningServer start(Path certificate, Path key, Path trusted) throws Exception {
        Path data = Files.createTempDirectory("portcullis-test");
        ServeOptions options = new ServeOptions(data, certificate, key, null, onFreePorts());
        return new RunningServer(data, Server.start(options, SampleServices.class), trusted);
    }

    /** These properties, and free ports where they name none. */
    static ServeOptions options(Path data, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        for (String port : onFreePorts()) {
            String name = port.substring(0, port.indexOf('=') + 1);
            if (all.stream().noneMatch(property -> property.startsWith(name))) {
                all.add(port);
            }
        }
        return new ServeOptions(data, null, null, null, all);
    }

    private static List<String> onFreePorts() {
        return List.of("portcullis.admission.port=0", "portcullis.management.port=0", "portcullis.console.port=0");
    }

    /**
     * Another client of the admission port of a server with a certificate that it has signed itself.
     *
     * @param own what it shows who it is with
     */
    HttpClient clientWith(KeyManager @Nullable [] own) throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder()
                .sslContext(trusting(data.resolve("tls/ca.crt"), own))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** A part of the server. */
    <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    URI admission(String path) {
        return URI.create("https://localhost:" + server.admissionPort() + path);
    }

    URI management(String path) {
        return URI.create("http://127.0.0.1:" + server.managementPort() + path);
    }

    HttpRequest.Builder json(String path, String body) {
        return HttpRequest.newBuilder(admission(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(json(path, body));
    }

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The metric's value, 0 where it is not there yet. */
    double metric(String nameAndLabels) throws IOException, InterruptedException {
        return get(management("/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(nameAndLabels + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(nameAndLabels.length() + 1)))
                .sum();
    }

    /** A TLS connection on which bytes are sent as they are. */
    SSLSocket socket() throws IOException {
        return (SSLSocket)
                tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.admissionPort());
    }

    /** The same on the console's port. */
    SSLSocket consoleSocket() throws IOException {
        return (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.consolePort());
    }

    Socket managementSocket() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.managementPort());
    }

    /** Sends these bytes and gives what comes back until the server closes, or nothing comes for ten seconds. */
    static String exchange(Socket socket, String request) throws IOException {
        try (socket) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static SSLContext trusting(Path certificates, KeyManager @Nullable [] own)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificates)) {
            int count = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + count++, certificate);
            }
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, managers.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
