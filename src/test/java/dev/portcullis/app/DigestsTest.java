package dev.portcullis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.testing.Reviews;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tags become digests at admission, once a registry has told them. */
class DigestsTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: digests}
            spec:
              profile: none
              checks:
                image-digest: {mode: enforce, fix: true}
            """;

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer registry;
    private String image;

    @BeforeEach
    void startRegistry() throws Exception {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.oci.image.index.v1+json");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        registry.start();
        image = host() + "/shop/web:1.4.2";
    }

    @AfterEach
    void stopRegistry() {
        registry.stop(0);
    }

    private String host() {
        return "localhost:" + registry.getAddress().getPort();
    }

    private RunningServer server(String... properties) throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        String[] all = Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "portcullis.policy=" + policy;
        return RunningServer.deciding(all);
    }

    private RunningServer asking() throws Exception {
        return server(
                "portcullis.registry.enabled=true",
                "portcullis.registry.allow=" + host(),
                "portcullis.registry.plain-http=" + host());
    }

    @Test
    void becomeKnownBesideTheDecisionsAndOutliveTheRegistry() throws Exception {
        try (RunningServer server = asking()) {
            assertThat(review(server, "/mutate", image).has("patch"))
                    .as("nobody waits for it")
                    .isFalse();
            Await.until(() -> server.metric("portcullis_digests_entries") == 1);
            assertThat(asked).hasValue(1);

            assertThat(patch(review(server, "/mutate", image)))
                    .startsWith("[{\"op\":\"replace\",\"path\":\"/spec/containers/0/image\",\"value\":\"" + image + "@"
                            + DIGEST + "\"},")
                    .contains("spec.containers[web].image (image-digest)");
            assertThat(review(server, "/validate", image).path("allowed").booleanValue())
                    .isFalse();
            assertThat(review(server, "/validate", image + "@" + DIGEST)
                            .path("allowed")
                            .booleanValue())
                    .isTrue();

            registry.stop(0);
            assertThat(review(server, "/mutate", image).has("patch")).isTrue();
            assertThat(review(server, "/mutate", image + "-other").has("patch")).isFalse();
            Await.until(() -> server.metric("portcullis_digests_answers_total{result=\"failed\"}") == 1);
            assertThat(review(server, "/mutate", image).has("patch")).isTrue();
            assertThat(server.metric("portcullis_digests_lookups_total{result=\"miss\"}"))
                    .isEqualTo(2);
        }
    }

    @Test
    void areNotAskedForUnlessToldSo() throws Exception {
        try (RunningServer server = server()) {
            assertThat(review(server, "/mutate", image).has("patch")).isFalse();
            assertThat(server.get(server.management("/metrics")).body()).doesNotContain("portcullis_digests");
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void ofDockerContainersAreTheSame() throws Exception {
        try (RunningServer server = asking()) {
            String review = """
                    {"apiVersion": "portcullis.dev/v1alpha1", "kind": "ContainerReview",
                     "request": {"uid": "1", "operation": "CREATE", "config": {"Image": "%s"}}}""".formatted(image);
            assertThat(answer(server.post("/containers/review", review).body()).has("patch"))
                    .isFalse();
            Await.until(() -> server.metric("portcullis_digests_entries") == 1);
            assertThat(patch(answer(server.post("/containers/review", review).body())))
                    .contains(image + "@" + DIGEST);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enabled=true | portcullis.registry.allow must name the registries that may be asked",
                "allow=* | portcullis.registry.allow must be hosts such as registry.example.com",
                "plain-http=*.example.com | portcullis.registry.plain-http must be hosts such as",
                "plain-http=a.example.com | portcullis.registry.plain-http must be hosts of portcullis.registry.allow, 'a.example.com' is none",
                "token-hosts=https://a.example.com | portcullis.registry.token-hosts must be hosts such as",
                "timeout=1h | portcullis.registry.timeout must be 100ms to 2m",
                "max-age=1m | portcullis.registry.max-age must be portcullis.registry.refresh to 7d",
                "cache-size=0 | portcullis.registry.cache-size must be 1 to 100000",
            })
    void areAskedForByPropertiesThatMakeSense(String property, String sentence) {
        assertThatThrownBy(() -> Server.start(
                                RunningServer.options(folder, "portcullis.registry." + property), Decisions.class)
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void areNotAskedForWithoutTlsOnThePortOfTls() {
        assertThatThrownBy(() -> Server.start(
                                RunningServer.options(
                                        folder,
                                        "portcullis.registry.allow=a.example.com",
                                        "portcullis.registry.plain-http=a.example.com"),
                                Decisions.class)
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("portcullis.registry.plain-http must say the port, as images of 'a.example.com'");
    }

    @Test
    void needFilesThatCanBeUsed() {
        Path absent = folder.resolve("config.json");
        assertThatThrownBy(() -> Server.start(
                                RunningServer.options(
                                        folder,
                                        "portcullis.registry.enabled=true",
                                        "portcullis.registry.allow=registry.example.com",
                                        "portcullis.registry.credentials=" + absent),
                                Decisions.class)
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessage(absent + " does not exist: give the path of a config.json of docker login");
    }

    private static JsonNode review(RunningServer server, String path, String image) throws Exception {
        String review = Reviews.create(Reviews.object("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: web, namespace: shop}
                        spec: {containers: [{name: web, image: "%s"}]}
                        """.formatted(image))).toString();
        return answer(server.post(path, review).body());
    }

    private static JsonNode answer(String body) {
        return JsonMapper.shared().readTree(body).path("response");
    }

    private static String patch(JsonNode response) {
        return new String(Base64.getDecoder().decode(response.path("patch").stringValue("")), UTF_8);
    }
}
