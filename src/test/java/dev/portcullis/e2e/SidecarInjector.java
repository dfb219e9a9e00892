package dev.portcullis.e2e;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody else's mutating webhook: it puts a container into every pod with the label {@code inject: sidecar}. */
final class SidecarInjector implements AutoCloseable {
    static final String LABEL = "inject: sidecar";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpsServer server;
    private final KubernetesClient client;
    private final String configuration;
    private final AtomicInteger calls = new AtomicInteger();

    private SidecarInjector(ControlPlane controlPlane, PortcullisProcess portcullis) throws IOException {
        client = controlPlane.client();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(portcullis)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        String ca = Base64.getEncoder().encodeToString(Files.readAllBytes(portcullis.certificateAuthority()));
        // Named to be called after ours.
        configuration =
                """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: sidecar-e2e}
            webhooks:
            - name: sidecar.example.com
              clientConfig: {url: "%s", caBundle: "%s"}
              admissionReviewVersions: [v1]
              failurePolicy: Fail
              sideEffects: None
              objectSelector: {matchLabels: {%s}}
              rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            """.formatted(controlPlane.webhookUrl(server.getAddress().getPort(), "/"), ca, LABEL);
    }

    /** Serves with the certificate of the product, whose host it shares, and is called from now on. */
    static SidecarInjector register(ControlPlane controlPlane, PortcullisProcess portcullis) throws IOException {
        SidecarInjector injector = new SidecarInjector(controlPlane, portcullis);
        injector.client.load(injector.configuration()).create();
        return injector;
    }

    /** Creates with one command after the other until the API server has begun to call it. */
    void awaitCalls(Runnable dryRun) {
        await("the API server to call the sidecar's webhook")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    dryRun.run();
                    return calls.get() > 0;
                });
    }

    private static SSLContext tls(PortcullisProcess portcullis) {
        PemSslStoreDetails pair = PemSslStoreDetails.forCertificate(
                        portcullis.servingCertificate().toUri().toString())
                .withPrivateKey(portcullis.servingKey().toUri().toString());
        return SslBundle.of(new PemSslStoreBundle(pair, null)).createSslContext();
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        JsonNode review = JSON.readTree(exchange.getRequestBody());
        ObjectNode response = JSON.createObjectNode()
                .put("uid", review.at("/request/uid").stringValue(""))
                .put("allowed", true);
        if (review.at("/request/object/spec/containers").size() == 1) {
            String patch = "[{\"op\": \"add\", \"path\": \"/spec/containers/-\", \"value\": "
                    + "{\"name\": \"sidecar\", \"image\": \"" + Manifests.OTHER_IMAGE + "\"}}]";
            response.put("patchType", "JSONPatch")
                    .put("patch", Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)));
        }
        ObjectNode answer =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        answer.set("response", response);
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteArrayInputStream configuration() {
        return new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        client.load(configuration()).delete();
        server.stop(0);
    }
}
