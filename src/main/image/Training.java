import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Starts the server as the image will, lets it judge, and ends it, so that the JVM writes the ahead-of-time cache that it
 * was told to write. The image's build runs this; the arguments are the server's command.
 */
static final Path AUTHORITY = Path.of("/tmp/portcullis/tls/ca.crt");

static final int ROUNDS = 200;
static final int SECONDS = 120;

static final String REVIEW = """
        {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
          "uid": "1", "operation": "CREATE", "namespace": "shop", "name": "web",
          "kind": {"group": "", "version": "v1", "kind": "Pod"},
          "resource": {"group": "", "version": "v1", "resource": "pods"},
          "userInfo": {"username": "ann", "groups": ["system:authenticated"]},
          "object": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop"},
            "spec": {"containers": [{"name": "web", "image": "nginx:1.29.3",
              "securityContext": {"privileged": true, "capabilities": {"add": ["SYS_ADMIN"]}},
              "resources": {"limits": {"memory": "256Mi", "cpu": "500m"}},
              "volumeMounts": [{"name": "host", "mountPath": "/host"}]}],
              "volumes": [{"name": "host", "hostPath": {"path": "/"}}]}}}}
        """;

void main(String[] command) throws Exception {
    Process server = new ProcessBuilder(command).inheritIO().start();
    try {
        awaitReady(server);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trust())
                .build();
        for (int i = 0; i < ROUNDS; i++) {
            for (String path : List.of("/validate", "/mutate", "/review")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:8443" + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(REVIEW))
                        .build();
                require(client.send(request, BodyHandlers.ofString()).statusCode() == 200, path + " was refused");
            }
        }
        get("/metrics");
    } finally {
        server.destroy();
    }
    // The JVM writes the cache at its end.
    require(server.waitFor(SECONDS, TimeUnit.SECONDS), "the server did not end");
}

void awaitReady(Process server) throws Exception {
    for (int i = 0; i < SECONDS * 10; i++) {
        require(server.isAlive(), "the server did not start");
        try {
            if (get("/readyz") == 200) {
                return;
            }
        } catch (IOException notYet) {
            // It does not listen yet.
        }
        Thread.sleep(100);
    }
    throw new IllegalStateException("the server was not ready in time");
}

int get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:9090" + path)).build(), BodyHandlers.ofString())
                .statusCode();
    }
}

SSLContext trust() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(AUTHORITY)) {
        store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
}

void require(boolean holds, String otherwise) {
    if (!holds) {
        throw new IllegalStateException(otherwise);
    }
}
