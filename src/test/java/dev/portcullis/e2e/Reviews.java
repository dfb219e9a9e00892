package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks the gate as an API server would, and faster than one could. */
final class Reviews implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final PortcullisProcess process;
    private final HttpClient client;

    Reviews(PortcullisProcess process) throws IOException, GeneralSecurityException {
        this.process = process;
        this.client = process.client();
    }

    /** The response about the creation of a pod. */
    JsonNode create(String namespace, String pod) {
        return send(review(namespace, pod));
    }

    static String review(String namespace, String pod) {
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request")
                .put("uid", "7a1d6c5e-0000-4000-8000-000000000001")
                .put("operation", "CREATE")
                .put("namespace", namespace)
                .put("name", "web");
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.putObject("resource").put("group", "").put("version", "v1").put("resource", "pods");
        request.putObject("userInfo").put("username", "ann");
        request.set("object", JSON.readTree(pod));
        return review.toString();
    }

    JsonNode send(String review) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + process.admissionPort() + "/validate"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(review))
                .build();
        try {
            return JSON.readTree(client.send(request, BodyHandlers.ofString()).body())
                    .path("response");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The value of a metric, 0 where it is not there. */
    double metric(String nameAndLabels) {
        return process.metric(nameAndLabels);
    }

    @Override
    public void close() {
        client.close();
    }
}
