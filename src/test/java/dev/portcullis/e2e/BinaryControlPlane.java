package dev.portcullis.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** etcd, kube-apiserver and, where there is one, kube-controller-manager, started from their binaries on loopback. */
final class BinaryControlPlane implements ControlPlane {
    private static final String CONTROLLERS = "kube-controller-manager";
    private static final Duration START = Duration.ofSeconds(90);

    private final Programs programs;
    private final KubernetesClient client;
    private final Kubectl kubectl;

    private BinaryControlPlane(Programs programs, KubernetesClient client, Kubectl kubectl) {
        this.programs = programs;
        this.client = client;
        this.kubectl = kubectl;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param binaries a folder as KUBEBUILDER_ASSETS means it: etcd, kube-apiserver, kubectl, and kube-controller-manager
     *     if controllers are to run
     * @param flags of the API server, beside those that it needs
     * @throws IllegalStateException if a program is missing or does not become ready, with the end of its log
     */
    static BinaryControlPlane start(Path binaries, String... flags) {
        for (String needed : List.of("etcd", "kube-apiserver", "kubectl")) {
            if (!Files.isExecutable(binaries.resolve(needed))) {
                throw new IllegalStateException("KUBEBUILDER_ASSETS is " + binaries + ", which has no program " + needed
                        + ": name a folder that has it, or unset the variable");
            }
        }
        try {
            Path logs = Files.createTempDirectory(Files.createDirectories(Daemon.LOGS), "control-plane-");
            Programs programs =
                    new Programs(binaries, logs, Files.createDirectory(logs.resolve("data")), new ArrayDeque<>());
            try {
                return start(programs, flags);
            } catch (IOException | RuntimeException e) {
                programs.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a control plane", e);
        }
    }

    private static BinaryControlPlane start(Programs programs, String... flags) throws IOException {
        Path data = programs.data();
        Credentials credentials = Credentials.make(data);
        List<Integer> ports = Daemon.freePorts(3);
        String etcd = "http://127.0.0.1:" + ports.get(0);
        String server = "https://127.0.0.1:" + ports.get(1);
        startEtcd(programs, etcd, "http://127.0.0.1:" + ports.get(2));
        Daemon apiServer = startApiServer(programs, credentials, etcd, ports.get(1), flags);
        // The API server makes its certificate itself, for the address it binds.
        Path certificate = data.resolve("apiserver.crt");
        apiServer.awaitReady(START, () -> Files.size(certificate) > 0);
        KubernetesClient client = client(server, certificate, credentials.adminToken());
        apiServer.awaitReady(START, () -> "ok".equals(client.raw("/readyz")));
        Path kubeconfig = Files.writeString(data.resolve("kubeconfig"), credentials.kubeconfig(server, certificate));
        if (programs.has(CONTROLLERS)) {
            startControllers(programs, credentials, kubeconfig);
        }
        return new BinaryControlPlane(
                programs, client, new Kubectl(programs.binaries().resolve("kubectl"), kubeconfig, data));
    }

    private static void startEtcd(Programs programs, String clientUrl, String peerUrl) {
        programs.start(
                "etcd",
                "--data-dir=" + programs.data().resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + clientUrl,
                "--advertise-client-urls=" + clientUrl,
                "--listen-peer-urls=" + peerUrl);
    }

    private static Daemon startApiServer(
            Programs programs, Credentials credentials, String etcd, int port, String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--etcd-servers=" + etcd,
                "--cert-dir=" + programs.data(),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--endpoint-reconciler-type=none",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + credentials.serviceAccountPublicKey(),
                "--service-account-signing-key-file=" + credentials.serviceAccountKey(),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--token-auth-file=" + credentials.tokens(),
                "--authorization-mode=RBAC",
                "--allow-privileged=true",
                // Services are reached by their EndpointSlices: nothing here forwards their addresses.
                "--enable-aggregator-routing=true"));
        all.addAll(List.of(flags));
        return programs.start("kube-apiserver", all.toArray(String[]::new));
    }

    private static void startControllers(Programs programs, Credentials credentials, Path kubeconfig) {
        programs.start(
                CONTROLLERS,
                "--kubeconfig=" + kubeconfig,
                "--secure-port=0",
                "--service-account-private-key-file=" + credentials.serviceAccountKey(),
                "--use-service-account-credentials=true",
                "--leader-elect=false");
    }

    private static KubernetesClient client(String server, Path certificate, String token) {
        // Config.empty: the developer's own kubeconfig has no say here.
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(server)
                        .withCaCertFile(certificate.toString())
                        .withOauthToken(token)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public CommandResult kubectlWithInput(String stdin, String... args) {
        return kubectl.run(stdin, args);
    }

    @Override
    public boolean runsControllers() {
        return programs.has(CONTROLLERS);
    }

    @Override
    public String webhookHost() {
        return "127.0.0.1";
    }

    @Override
    public void close() {
        client.close();
        programs.close();
    }

    /** The running programs, last started first; their data goes with them, their logs stay. */
    private record Programs(Path binaries, Path logs, Path data, Deque<Daemon> running) implements AutoCloseable {
        boolean has(String program) {
            return Files.isExecutable(binaries.resolve(program));
        }

        Daemon start(String program, String... flags) {
            List<String> command = new ArrayList<>();
            command.add(binaries.resolve(program).toString());
            command.addAll(List.of(flags));
            Daemon daemon = Daemon.start(program, logs, command);
            running.push(daemon);
            return daemon;
        }

        @Override
        public void close() {
            running.forEach(Daemon::close);
            Daemon.remove(data);
        }
    }
}
