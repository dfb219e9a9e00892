package dev.portcullis.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prometheus's Alertmanager: the program that the system property {@code portcullis.alertmanager} or the environment variable
 * {@code PORTCULLIS_ALERTMANAGER} names.
 */
public final class RealAlertmanager implements AutoCloseable {
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI uri;

    private RealAlertmanager(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts one on a free port of loopback; the test is skipped where there is no program for it. */
    public static RealAlertmanager start(Path folder) throws IOException {
        Optional<String> program = Shared.setting("portcullis.alertmanager", "PORTCULLIS_ALERTMANAGER");
        Assumptions.assumeTrue(
                program.isPresent(),
                "skipped: no Alertmanager; set PORTCULLIS_ALERTMANAGER to what .ci/alertmanager/build prints");
        Path configuration = Files.writeString(
                folder.resolve("alertmanager.yml"), "{route: {receiver: none}, receivers: [{name: none}]}");
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        program.orElseThrow(),
                        "--config.file=" + configuration,
                        "--storage.path=" + folder.resolve("alerts"),
                        "--web.listen-address=" + address,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
        RealAlertmanager alertmanager = new RealAlertmanager(process, URI.create("http://" + address));
        Awaitility.await().ignoreExceptions().until(() -> alertmanager.alerts() != null);
        return alertmanager;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Its address. */
    public URI uri() {
        return uri;
    }

    /** The alerts that fire, by its API, which leaves out those that are resolved. */
    public JsonNode alerts() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri.resolve("/api/v2/alerts")).build();
        return JsonMapper.shared()
                .readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly().onExit().join();
    }
}
