package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static dev.portcullis.e2e.LiveResources.podJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.app.tls.SharedCertificate;
import dev.portcullis.registration.SharedSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayInputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two gates behind a Service that share a certificate, while an API server asks them without a pause. */
@ExtendWith(ControlPlaneExtension.class)
final class ServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> KINDS = List.of("validatingwebhookconfiguration", "mutatingwebhookconfiguration");
    private static final String NAMESPACE = "portcullis";
    private static final String SERVICE = "portcullis-gate";
    private static final String SECRET = "portcullis-gate-tls";
    private static final String SHOP = "service-shop";

    private static ControlPlane controlPlane;
    private static Path account;
    private static String address;
    /** Null where none may be made: gates then listen on an address of this machine. */
    private static @Nullable NetworkNamespace network;

    @BeforeAll
    static void grant(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        account = GateAccess.grant(cluster, List.of(SHOP));
        int port =
                URI.create(cluster.client().getConfiguration().getMasterUrl()).getPort();
        network = NetworkNamespace.make(port).orElse(null);
        Optional<String> found = network == null ? addressOfThisMachine() : Optional.of(network.address());
        assumeTrue(found.isPresent(), "this machine has no address but loopback, which no EndpointSlice may have");
        address = found.get();
        succeeds(controlPlane.kubectlWithInput("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: %s}
                spec: {ports: [{name: https, port: 443, targetPort: 8443}]}
                """.formatted(SERVICE, NAMESPACE), "apply", "-f", "-"));
    }

    @AfterAll
    static void removeTheNamespace() {
        if (network != null) {
            network.close();
        }
    }

    private static Optional<String> addressOfThisMachine() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    @BeforeEach
    @AfterEach
    void clean() {
        KINDS.forEach(kind -> controlPlane.kubectl("delete", kind, "portcullis", "--ignore-not-found"));
        controlPlane.kubectl("delete", "lease", "--all", "-n", NAMESPACE);
        controlPlane.kubectl("delete", "endpointslice", "-l", "kubernetes.io/service-name=" + SERVICE, "-n", NAMESPACE);
        keep(Map.of());
    }

    @Test
    void authorityCertificateAndGatesAreReplacedUnderLoadAndNobodyNotices() throws Exception {
        keep(agedCertificate());
        X509Certificate old = certificates("bundle.crt").getFirst();
        PortcullisProcess first = start("first");
        PortcullisProcess second = start("second");
        try {
            await().atMost(PATIENCE).until(ServiceIT::isGated);
            try (Load load = Load.of(controlPlane.client(), SHOP)) {
                // The old authority stays trusted, and the new one signs once the API server has been told.
                await().atMost(PATIENCE.multipliedBy(2))
                        .until(() -> !isSigned(certificates("tls.crt").getFirst(), old));
                assertThat(certificates("bundle.crt")).hasSize(2).contains(old);
                X509Certificate renewed = certificates("tls.crt").getFirst();
                await().atMost(PATIENCE)
                        .until(() -> List.of(first, second).stream()
                                .allMatch(gate -> gate.metric("portcullis_certificate_expiry_timestamp_seconds")
                                        == renewed.getNotAfter().toInstant().getEpochSecond()));

                stop("first", first);
                await().atMost(PATIENCE).until(() -> second.metric("portcullis_leader") == 1);
                try (PortcullisProcess third = start("third")) {
                    stop("second", second);
                    await().atMost(PATIENCE).until(() -> third.metric("portcullis_leader") == 1);
                    load.assertThatNoneFailed();
                }
            }
        } finally {
            first.close();
            second.close();
        }
    }

    @Test
    void anotherLeadsWhereTheLeaderIsKilledAndNoGateMeansNoPods() throws Exception {
        PortcullisProcess first = start("first");
        try (PortcullisProcess second = start("second")) {
            await().atMost(PATIENCE).until(ServiceIT::isGated);
            PortcullisProcess leader = first.metric("portcullis_leader") == 1 ? first : second;
            PortcullisProcess other = leader == first ? second : first;
            leader.kill();
            await().atMost(Duration.ofSeconds(15)).until(() -> other.metric("portcullis_leader") == 1);
            succeeds(controlPlane.kubectl("delete", KINDS.getFirst(), "portcullis"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> controlPlane
                                    .kubectl("get", KINDS.getFirst(), "portcullis")
                                    .exitCode()
                            == 0);
            other.kill();
            await().atMost(PATIENCE).until(() -> create(SHOP).stderr().contains("failed calling webhook"));
            // Its own pods must come back without it.
            assertThat(create(NAMESPACE).exitCode()).isZero();
        } finally {
            first.close();
        }
    }

    @Test
    void whatAnotherGateWroteMeanwhileIsNotWrittenOver() {
        SharedSecret secret = new SharedSecret(controlPlane.client(), NAMESPACE, SECRET);
        SharedSecret.Contents one = secret.read();
        SharedSecret.Contents other = secret.read();
        assertThat(secret.write(one, Map.of("tls.crt", "first"))).isTrue();
        assertThat(secret.write(other, Map.of("tls.crt", "second"))).isFalse();
        assertThat(secret.read().texts()).containsExactly(Map.entry("tls.crt", "first"));
    }

    /** One whose authority has used up two thirds of its life. */
    private static Map<String, String> agedCertificate() {
        Map<String, String> kept = new HashMap<>();
        SharedCertificate shared = new SharedCertificate(
                new SharedCertificate.Store() {
                    @Override
                    public Map<String, String> read() {
                        return Map.copyOf(kept);
                    }

                    @Override
                    public boolean write(Map<String, String> texts) {
                        kept.putAll(texts);
                        return true;
                    }
                },
                List.of(SERVICE + "." + NAMESPACE + ".svc", SERVICE + "." + NAMESPACE + ".svc.cluster.local"));
        Instant now = Instant.now();
        shared.keep(now.minus(Duration.ofDays(2500)), null);
        shared.keep(now.minus(Duration.ofDays(100)), null);
        return kept;
    }

    private static void keep(Map<String, String> texts) {
        Map<String, String> data = new HashMap<>();
        texts.forEach((name, text) ->
                data.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII))));
        Secret secret = controlPlane
                .client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(SECRET)
                .get();
        controlPlane
                .client()
                .resource(new SecretBuilder(secret).withData(data).build())
                .update();
    }

    private static Collection<X509Certificate> certificatesIn(String pem) throws Exception {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .forEach(each -> certificates.add((X509Certificate) each));
        return certificates;
    }

    private static List<X509Certificate> certificates(String name) throws Exception {
        String data = controlPlane
                .client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(SECRET)
                .get()
                .getData()
                .get(name);
        return List.copyOf(certificatesIn(new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII)));
    }

    private static boolean isSigned(X509Certificate leaf, X509Certificate authority) {
        return leaf.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    }

    private static PortcullisProcess start(String name) {
        String[] flags = {
            "--kubeconfig",
            account.toString(),
            "--portcullis.namespace=" + NAMESPACE,
            "--portcullis.tls.secret=" + SECRET,
            "--portcullis.webhook.service=" + SERVICE,
            "--portcullis.webhook.owner=portcullis-gate",
            "--portcullis.default-mode=warn"
        };
        PortcullisProcess gate = network == null
                ? PortcullisProcess.startSharing(
                        Stream.concat(Stream.of(flags), Stream.of("--portcullis.admission.address=" + address))
                                .toArray(String[]::new))
                : PortcullisProcess.startIn(network, flags);
        endpoint(name, gate, true);
        return gate;
    }

    /** As Kubernetes ends a pod: its endpoint is no longer ready, and it is asked to stop, both at once. */
    private static void stop(String name, PortcullisProcess gate) {
        endpoint(name, gate, false);
        gate.close();
    }

    private static void endpoint(String name, PortcullisProcess gate, boolean ready) {
        succeeds(controlPlane.kubectlWithInput(
                """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: %1$s-%2$s
                  namespace: %3$s
                  labels: {kubernetes.io/service-name: %1$s}
                addressType: IPv4
                ports: [{name: https, port: %4$d, protocol: TCP}]
                endpoints: [{addresses: ["%5$s"], conditions: {ready: %6$s}}]
                """.formatted(SERVICE, name, NAMESPACE, gate.admissionPort(), address, ready), "apply", "-f", "-"));
    }

    private static boolean isGated() {
        return create(SHOP).stderr().contains("Warning: ") && create(SHOP).exitCode() == 0;
    }

    private static CommandResult create(String namespace) {
        return controlPlane.kubectlWithInput(
                podJson("p", true, false, ""), "create", "--dry-run=server", "-n", namespace, "-f", "-");
    }
}
