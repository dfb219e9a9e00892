package dev.portcullis.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A node whose kubelet serves {@code /configz} and nothing else, to whom the API server says may see it: as kubelets do, by a
 * TokenReview and a SubjectAccessReview of {@code get nodes/configz}.
 */
final class StandInKubelet implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ControlPlane controlPlane;
    private final String node;
    private final HttpsServer server;
    private final Path authority;
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private volatile long podPidsLimit;

    private StandInKubelet(ControlPlane controlPlane, String node, long podPidsLimit, Path folder) throws Exception {
        this.controlPlane = controlPlane;
        this.node = node;
        this.podPidsLimit = podPidsLimit;
        Path store = folder.resolve(node + ".p12");
        this.authority = folder.resolve(node + ".crt");
        keytool(
                "-genkeypair",
                "-alias",
                "kubelet",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + node,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "kubelet",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString(),
                "-file",
                authority.toString());
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(store)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/configz", this::answer);
        server.start();
        controlPlane
                .client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .withLabels(Map.of("pool", node))
                        .endMetadata()
                        .withNewStatus()
                        .addNewAddress()
                        .withType("InternalIP")
                        .withAddress("127.0.0.1")
                        .endAddress()
                        .withNewDaemonEndpoints()
                        .withNewKubeletEndpoint(server.getAddress().getPort())
                        .endDaemonEndpoints()
                        .endStatus()
                        .build())
                .create();
    }

    /** Starts one, and makes its node, with the label {@code pool} of its name. */
    static StandInKubelet start(ControlPlane controlPlane, String node, long podPidsLimit, Path folder)
            throws Exception {
        return new StandInKubelet(controlPlane, node, podPidsLimit, folder);
    }

    /** PEM of what signed its certificate. */
    Path authority() {
        return authority;
    }

    /** The status and the user of everything that was asked. */
    List<String> answers() {
        return answers;
    }

    void limit(long processes) {
        podPidsLimit = processes;
    }

    private static SSLContext tls(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + said);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            TokenReview token = controlPlane
                    .client()
                    .resource(new TokenReviewBuilder()
                            .withNewSpec()
                            .withToken(header.replaceFirst("^Bearer ", ""))
                            .endSpec()
                            .build())
                    .create();
            if (!Boolean.TRUE.equals(token.getStatus().getAuthenticated())) {
                answer(exchange, 401, "Unauthorized", "nobody");
                return;
            }
            String user = token.getStatus().getUser().getUsername();
            SubjectAccessReview access = controlPlane
                    .client()
                    .resource(new SubjectAccessReviewBuilder()
                            .withNewSpec()
                            .withUser(user)
                            .withGroups(token.getStatus().getUser().getGroups())
                            .withNewResourceAttributes()
                            .withVerb("get")
                            .withResource("nodes")
                            .withSubresource("configz")
                            .withName(node)
                            .endResourceAttributes()
                            .endSpec()
                            .build())
                    .create();
            if (!access.getStatus().getAllowed()) {
                answer(exchange, 403, "Forbidden", user);
                return;
            }
            answer(
                    exchange,
                    200,
                    "{\"kubeletconfig\": {\"maxPods\": 110, \"podPidsLimit\": " + podPidsLimit + "}}",
                    user);
        }
    }

    private void answer(HttpExchange exchange, int status, String body, String user) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        answers.add(status + " " + user);
    }

    @Override
    public void close() {
        server.stop(0);
        controlPlane.client().nodes().withName(node).delete();
    }
}
