package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that has not yet heard of the cluster it guards. */
class NotReadyTest {
    private static final String REVIEW = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u-1",
            "kind": {"group": "", "version": "v1", "kind": "Pod"}, "operation": "CREATE", "namespace": "shop",
            "userInfo": {"username": "ann"}, "object": {"metadata": {"name": "web"}, "spec": {"containers": []}}}}""";

    @TempDir
    private Path folder;

    @Test
    void decidesNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningServer gate =
                        RunningServer.deciding("portcullis.kubeconfig=" + kubeconfig(silent.getLocalPort()))) {
            assertThat(gate.get(gate.management("/readyz")).statusCode()).isEqualTo(503);
            assertThat(gate.get(gate.management("/healthz")).statusCode()).isEqualTo(200);
            assertThat(gate.post("/validate", REVIEW).body())
                    .contains(
                            "\"uid\":\"u-1\"",
                            "\"allowed\":false",
                            "\"code\":503",
                            "\"reason\":\"ServiceUnavailable\"");
            assertThat(gate.post("/mutate", REVIEW).body())
                    .contains("\"allowed\":true", "not patched: Portcullis is not ready")
                    .doesNotContain("\"patch\"");
            assertThat(gate.post("/review", "{}").statusCode()).isEqualTo(503);
            assertThat(gate.server.announcement()).contains("waits for the cluster's policies and namespaces");
        }
    }

    @Test
    void saysWhatIsWrongWithAKubeconfig() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "hello");

        assertThat(failure(folder.resolve("absent"))).contains("absent cannot be used: there is no such file");
        assertThat(failure(text)).contains("text cannot be used: it names no cluster");
    }

    private String failure(Path kubeconfig) {
        StartException failure = catchThrowableOfType(
                StartException.class,
                () -> Server.start(
                                RunningServer.options(folder, "portcullis.kubeconfig=" + kubeconfig), Decisions.class)
                        .close());
        return String.valueOf(failure.getMessage());
    }

    private Path kubeconfig(int port) throws Exception {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: away, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: gate, user: {token: t}}]
                contexts: [{name: away, context: {cluster: away, user: gate}}]
                current-context: away
                """.formatted(port));
    }
}
