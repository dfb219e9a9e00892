package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gate and a console as the chart installs them: two processes, two service accounts, one certificate in a Secret. */
@ExtendWith(ControlPlaneExtension.class)
final class ConsoleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SHOP = "console-shop";
    private static final String CERTIFICATE = "portcullis-gate-tls";
    private static final String TOKEN = "portcullis-console-token";

    private static ControlPlane controlPlane;
    private static Path ofGate;
    private static Path ofConsole;

    @BeforeAll
    static void grant(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        ofGate = GateAccess.grant(cluster, List.of(SHOP));
        ofConsole = GateAccess.console(cluster);
    }

    @BeforeEach
    @AfterEach
    void forget() {
        for (String kind : List.of("validatingwebhookconfiguration", "mutatingwebhookconfiguration")) {
            controlPlane.kubectl("delete", kind, "portcullis", "--ignore-not-found");
        }
        controlPlane.kubectl("delete", "lease", "--all", "-n", "portcullis");
        for (String secret : List.of(CERTIFICATE, TOKEN)) {
            succeeds(controlPlane.kubectl(
                    "patch",
                    "secret",
                    secret,
                    "-n",
                    "portcullis",
                    "--type=json",
                    "-p",
                    "[{\"op\": \"add\", \"path\": \"/data\", \"value\": {}}]"));
        }
    }

    @Test
    void theConsoleTellsWhatTheGateDeniedAndGatesGoOnWithoutIt() throws Exception {
        int port = Daemon.freePorts(1).getFirst();
        try (PortcullisProcess gate = gate(port)) {
            awaitDenied("before");
            try (PortcullisProcess console = console(port)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(denied(console)).contains("before"));
                assertThat(gate.metric("portcullis_handover_dropped_total")).isZero();
            }
            String token = secret(TOKEN, "token");
            awaitDenied("while there is no console");
            try (PortcullisProcess console = console(port)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(denied(console)).contains("while-there-is-no-console"));
                assertThat(secret(TOKEN, "token")).isEqualTo(token);
            }
        }
    }

    private static PortcullisProcess gate(int port) {
        return PortcullisProcess.startRegistered(
                controlPlane,
                "--kubeconfig",
                ofGate.toString(),
                "--portcullis.roles=gate",
                "--portcullis.namespace=portcullis",
                "--portcullis.tls.secret=" + CERTIFICATE,
                "--portcullis.webhook.owner=portcullis-gate",
                "--portcullis.handover.to=https://" + controlPlane.webhookHost() + ":" + port);
    }

    private static PortcullisProcess console(int port) {
        return PortcullisProcess.startSharing(
                port,
                "--kubeconfig",
                ofConsole.toString(),
                "--portcullis.roles=console",
                "--portcullis.namespace=portcullis",
                "--portcullis.tls.secret=" + CERTIFICATE,
                "--portcullis.console.token-secret=" + TOKEN,
                "--portcullis.handover.accept=true",
                "--portcullis.scan.enabled=true");
    }

    /** A dry run is told to nobody, so that one more is asked for. */
    private static void awaitDenied(String words) {
        String pod = """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"}, "spec": {"containers":
                [{"name": "c", "image": "i", "securityContext": {"privileged": true}}]}}""".formatted(words.replace(' ', '-'));
        await().atMost(PATIENCE).until(() -> create(pod, "--dry-run=server").contains("denied the request"));
        assertThat(create(pod, "--dry-run=none")).contains("denied the request");
    }

    private static String create(String pod, String dryRun) {
        return controlPlane
                .kubectlWithInput(pod, "create", dryRun, "-n", SHOP, "-f", "-")
                .stderr();
    }

    private static List<String> denied(PortcullisProcess console) throws Exception {
        return ask(console, "/api/v1/decisions?outcome=deny&namespace=" + SHOP).path("decisions").values().stream()
                .map(decision -> decision.path("name").stringValue(""))
                .toList();
    }

    private static JsonNode ask(PortcullisProcess console, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://" + controlPlane.webhookHost() + ":" + console.consolePort() + path))
                .header("Authorization", "Bearer " + secret(TOKEN, "token"))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(secret(CERTIFICATE, "bundle.crt")))
                .build()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(answer.body());
        }
    }

    private static String secret(String name, String key) {
        String encoded = controlPlane
                .kubectl(
                        "get",
                        "secret",
                        name,
                        "-n",
                        "portcullis",
                        "-o",
                        "jsonpath={.data." + key.replace(".", "\\.") + "}")
                .stdout()
                .strip();
        assertThat(encoded).as(name + " " + key).isNotEmpty();
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static SSLContext trusting(String pem) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
