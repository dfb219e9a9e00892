package dev.portcullis.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The product as it is shipped: {@code target/portcullis.jar serve} on free ports with a data folder of its own. */
final class PortcullisProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final String LOOPBACK = "127.0.0.1";

    private final Daemon daemon;
    private final Path data;
    private final boolean lasting;
    private final String address;
    private final int admissionPort;
    private final int managementPort;
    private final int consolePort;

    private PortcullisProcess(Daemon daemon, Path data, boolean lasting, String address, List<Integer> ports) {
        this.address = address;
        this.daemon = daemon;
        this.data = data;
        this.lasting = lasting;
        this.admissionPort = ports.get(0);
        this.managementPort = ports.get(1);
        this.consolePort = ports.get(2);
    }

    /**
     * Starts the server and waits until it is ready and answers with a certificate that its CA signed.
     *
     * @param host the name by which it is called, to be in its certificate
     * @param flags more flags of {@code serve}
     */
    static PortcullisProcess start(String host, String... flags) {
        return start(host, List.of(flags), Daemon.freePorts(3));
    }

    /** The same of one that registers by its URL. */
    static PortcullisProcess startRegistered(ControlPlane controlPlane, String... flags) {
        List<Integer> ports = Daemon.freePorts(3);
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(List.of("--webhook-url", controlPlane.webhookUrl(ports.getFirst(), "")));
        return start(controlPlane.webhookHost(), all, ports);
    }

    /** The same of one that serves with the certificate that gates share, as the API server alone can check it. */
    static PortcullisProcess startSharing(String... flags) {
        return start("localhost", List.of(flags), Daemon.freePorts(3));
    }

    /** The same on a port for machines that is known before. */
    static PortcullisProcess startSharing(int port, String... flags) {
        List<Integer> others = Daemon.freePorts(2);
        return start("localhost", List.of(flags), List.of(port, others.get(0), others.get(1)));
    }

    /**
     * The same with a heap of its own, which it must not fill: it ends where it does.
     *
     * @param heap as the JVM takes it: {@code 256m}
     */
    static PortcullisProcess startWithHeap(String heap, String host, String... flags) {
        return start(host, List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"), List.of(flags), Daemon.freePorts(3));
    }

    private static PortcullisProcess start(String host, List<String> flags, List<Integer> ports) {
        return start(host, List.of(), flags, ports);
    }

    /** The same in a network namespace, listening on the address that it has there. */
    static PortcullisProcess startIn(NetworkNamespace namespace, String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--portcullis.admission.address=" + namespace.address());
        all.add("--portcullis.management.address=" + namespace.address());
        List<Integer> ports = Daemon.freePorts(3);
        return start(null, namespace.address(), namespace.prefix(), command("localhost", List.of(), all, ports), ports);
    }

    /** The same with a data folder that another process may have left, and that stays. */
    static PortcullisProcess startIn(Path data, String... flags) {
        List<Integer> ports = Daemon.freePorts(3);
        return start(data, LOOPBACK, List.of(), command("localhost", List.of(), List.of(flags), ports), ports);
    }

    private static PortcullisProcess start(String host, List<String> machine, List<String> flags, List<Integer> ports) {
        return start(null, LOOPBACK, List.of(), command(host, machine, flags, ports), ports);
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param lasting the data folder, which stays; null for one of its own
     * @param prefix what runs the command elsewhere
     */
    private static PortcullisProcess start(
            @Nullable Path lasting, String address, List<String> prefix, List<String> command, List<Integer> ports) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Daemon.LOGS), "portcullis-");
            Path data = lasting == null ? Files.createDirectory(folder.resolve("data")) : lasting;
            List<String> all = new ArrayList<>(prefix);
            all.addAll(command);
            all.addAll(List.of("--data", data.toString()));
            PortcullisProcess process = new PortcullisProcess(
                    Daemon.start("portcullis", folder, all), data, lasting != null, address, ports);
            process.awaitReady();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start portcullis", e);
        }
    }

    private static List<String> command(String host, List<String> machine, List<String> flags, List<Integer> ports) {
        List<String> command = new ArrayList<>(Jar.command(
                "serve",
                "--portcullis.admission.port=" + ports.get(0),
                "--portcullis.management.port=" + ports.get(1),
                "--portcullis.console.port=" + ports.get(2),
                "--portcullis.admission.dns-names=" + host));
        command.addAll(1, machine);
        command.addAll(flags);
        return command;
    }

    private void awaitReady() {
        daemon.awaitReady(START, () -> isReady() && (!Files.exists(certificateAuthority()) || answers()), this::close);
    }

    private boolean isReady() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest readyz = HttpRequest.newBuilder(
                            URI.create("http://" + address + ":" + managementPort + "/readyz"))
                    .build();
            return client.send(readyz, BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    private boolean answers() throws IOException, InterruptedException, GeneralSecurityException {
        try (HttpClient client = client()) {
            HttpRequest admission = HttpRequest.newBuilder(
                            URI.create("https://" + address + ":" + admissionPort + "/validate"))
                    .build();
            // Any status will do: the handshake is what counts.
            client.send(admission, BodyHandlers.discarding());
            return true;
        }
    }

    /** A client that trusts its certificate. */
    HttpClient client() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificateAuthority())) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** The PEM file of the CA that signed the server's certificate. */
    Path certificateAuthority() {
        return data.resolve("tls").resolve("ca.crt");
    }

    /** The PEM file of the certificate it serves with. */
    Path servingCertificate() {
        return data.resolve("tls").resolve("tls.crt");
    }

    /** The PEM file of the key to it. */
    Path servingKey() {
        return data.resolve("tls").resolve("tls.key");
    }

    /** What it has logged. */
    Path log() {
        return daemon.log();
    }

    int admissionPort() {
        return admissionPort;
    }

    int managementPort() {
        return managementPort;
    }

    int consolePort() {
        return consolePort;
    }

    /** Ends it without asking, as a node that goes away does. */
    void kill() {
        daemon.kill();
    }

    /**
     * What its console answers to those who show its token.
     *
     * @param body null to GET
     */
    JsonNode console(String path, @Nullable String body) {
        try (HttpClient client = client()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + consolePort + path))
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(data.resolve("admin-token"))
                                            .strip());
            if (body != null) {
                request.POST(BodyPublishers.ofString(body));
            }
            return JsonMapper.shared()
                    .readTree(client.send(request.build(), BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The value of a metric, 0 where it is not there. */
    double metric(String nameAndLabels) {
        HttpRequest metrics = HttpRequest.newBuilder(
                        URI.create("http://" + address + ":" + managementPort + "/metrics"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(metrics, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(nameAndLabels + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(nameAndLabels.length() + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end, waits until it has, and removes its data; the log stays. */
    @Override
    public void close() {
        if (lasting) {
            daemon.close();
        } else {
            daemon.closeAndRemove(data);
        }
    }
}
