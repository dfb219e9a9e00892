package dev.portcullis.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpHandler;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a registry answers: no wrong digest, no password for others, no request to where nobody has allowed it. */
class HostileRegistryTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final byte[] BODY = "{\"schemaVersion\":2}".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:0123",
                "sha512:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef@evil.example/x",
                "",
            })
    void takesNothingForADigestThatIsNone(String digest) throws Exception {
        expectFailure(exchange -> FakeRegistry.digest(exchange, digest));
    }

    @Test
    void takesAWellFormedDigest() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> FakeRegistry.digest(exchange, DIGEST));
                Gate gate = Gate.of(registry.settings())) {
            assertThat(gate.learn(registry.name() + "/web:1")).contains(DIGEST);
            assertThat(registry.requests()).containsExactly("HEAD /v2/web/manifests/1");
        }
    }

    @Test
    void hashesTheManifestWhereNoDigestIsTold() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> FakeRegistry.manifest(exchange, BODY));
                Gate gate = Gate.of(registry.settings())) {
            assertThat(gate.learn(registry.name() + "/web:1")).contains(Pusher.digest(BODY));
            assertThat(registry.requests()).containsExactly("HEAD /v2/web/manifests/1", "GET /v2/web/manifests/1");
        }
    }

    @Test
    void takesNoDigestThatIsNotTheManifests() throws Exception {
        expectFailure(exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            }
            FakeRegistry.manifest(exchange, BODY);
        });
    }

    @Test
    void takesNoOtherDocumentForAManifest() throws Exception {
        expectFailure(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            FakeRegistry.manifest(exchange, BODY);
        });
    }

    @Test
    void readsNoMoreThanAManifestMayHave() throws Exception {
        byte[] piece = new byte[1 << 20];
        expectFailure(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", FakeRegistry.MANIFEST);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : 0);
            for (int i = 0; !head && i < 1_000; i++) {
                exchange.getResponseBody().write(piece);
            }
        });
    }

    @Test
    void waitsNoLongerThanItShould() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpHandler slow = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", FakeRegistry.MANIFEST);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : 100);
            if (!head) {
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                await(over);
            }
        };
        try (FakeRegistry registry = new FakeRegistry(folder, slow);
                Gate gate = Gate.of(registry.settings().within(Duration.ofMillis(500)))) {
            assertThat(gate.learn(registry.name() + "/web:1")).isEmpty();
            assertThat(gate.answers("failed")).isEqualTo(1);
            over.countDown();
        }
    }

    @Test
    void leavesARegistryAloneThatDoesNotAnswer() throws Exception {
        try (FakeRegistry registry =
                        new FakeRegistry(folder, exchange -> FakeRegistry.status(exchange, 503, "Retry-After", "9"));
                Gate gate = Gate.of(registry.settings())) {
            assertThat(gate.learn(registry.name() + "/web:1")).isEmpty();
            int asked = registry.requests().size();
            assertThat(gate.learn(registry.name() + "/other:1")).isEmpty();
            assertThat(gate.answers("postponed")).isEqualTo(1);
            assertThat(registry.requests()).hasSize(asked);

            gate.pass(Settings.RETRY);
            assertThat(gate.learn(registry.name() + "/other:1")).isEmpty();
            assertThat(registry.requests()).hasSizeGreaterThan(asked);
        }
    }

    @Test
    void isNotSentToAnotherHost() throws Exception {
        try (FakeRegistry other = new FakeRegistry(folder, exchange -> FakeRegistry.digest(exchange, DIGEST));
                FakeRegistry registry = new FakeRegistry(
                        folder,
                        exchange -> FakeRegistry.status(
                                exchange, 307, "Location", "https://" + other.name() + exchange.getRequestURI()))) {
            try (Gate gate = Gate.of(registry.settings())) {
                assertThat(gate.learn(registry.name() + "/web:1")).isEmpty();
                assertThat(gate.answers("failed")).isEqualTo(1);
                assertThat(other.requests()).isEmpty();
            }
            Settings both = Settings.allowing(registry.name(), other.name()).trusting(registry.authority());
            try (Gate gate = Gate.of(both)) {
                assertThat(gate.learn(registry.name() + "/web:1")).contains(DIGEST);
                assertThat(other.requests()).containsExactly("HEAD /v2/web/manifests/1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:80/", "file:///etc/passwd", "//user@localhost/", "::", ""})
    void isNotSentToAnotherKindOfPlace(String location) throws Exception {
        expectFailure(exchange -> FakeRegistry.status(exchange, 307, "Location", location));
    }

    @Test
    void isNotSentInCircles() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(
                        folder, exchange -> FakeRegistry.status(exchange, 301, "Location", "/v2/again"));
                Gate gate = Gate.of(registry.settings())) {
            assertThat(gate.learn(registry.name() + "/web:1")).isEmpty();
            assertThat(gate.answers("failed")).isEqualTo(1);
            assertThat(registry.requests()).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void fetchesATokenForOneRepository() throws Exception {
        String[] name = new String[1];
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> {
            if (exchange.getRequestURI().getPath().equals("/token")) {
                byte[] token = "{\"token\":\"abc.def\"}".getBytes(UTF_8);
                exchange.sendResponseHeaders(200, token.length);
                exchange.getResponseBody().write(token);
            } else if ("Bearer abc.def".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                FakeRegistry.digest(exchange, DIGEST);
            } else {
                FakeRegistry.status(
                        exchange,
                        401,
                        "WWW-Authenticate",
                        "Bearer realm=\"https://" + name[0]
                                + "/token\",service=\"images & more\",scope=\"repository:shop/web:push\"");
            }
        })) {
            name[0] = registry.name();
            try (Gate gate = Gate.of(registry.settings().credentials(config(registry.name())))) {
                assertThat(gate.learn(registry.name() + "/shop/web:1")).contains(DIGEST);
            }
            assertThat(registry.requests())
                    .containsExactly(
                            "HEAD /v2/shop/web/manifests/1",
                            "GET /token?scope=repository%3Ashop%2Fweb%3Apull&service=images+%26+more "
                                    + new Login("ann", "secret").basic(),
                            "HEAD /v2/shop/web/manifests/1 Bearer abc.def");
        }
    }

    @Test
    void givesNoPasswordToAnotherHost() throws Exception {
        HttpHandler tokens = exchange -> {
            byte[] token = "{\"access_token\":\"abc\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, token.length);
            exchange.getResponseBody().write(token);
        };
        try (FakeRegistry other = new FakeRegistry(folder, tokens);
                FakeRegistry registry = new FakeRegistry(folder, exchange -> {
                    if (exchange.getRequestHeaders().containsKey("Authorization")) {
                        FakeRegistry.digest(exchange, DIGEST);
                    } else {
                        String realm = "Bearer realm=\"https://" + other.name() + "/token\",service=\"x\"";
                        FakeRegistry.status(exchange, 401, "WWW-Authenticate", realm);
                    }
                })) {
            Settings settings = registry.settings().credentials(config(registry.name()));
            try (Gate gate = Gate.of(settings)) {
                assertThat(gate.learn(registry.name() + "/web:1")).isEmpty();
                assertThat(gate.answers("failed")).isEqualTo(1);
                assertThat(other.requests()).isEmpty();
            }
            try (Gate gate = Gate.of(settings.tokensOf(other.name()))) {
                assertThat(gate.learn(registry.name() + "/web:1")).contains(DIGEST);
                assertThat(other.requests()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer realm=\"\"",
                "Bearer realm=\"http://localhost/token\"",
                "Bearer realm=\"file:///etc/passwd\"",
                "Bearer realm=\"https://user:word@localhost/\"",
                "Bearer realm=\"not a place\"",
                "Digest realm=\"x\", nonce=\"y\"",
                "\"",
                "Bearer realm=\"unended",
            })
    void followsNoChallengeThatMakesNoSense(String challenge) throws Exception {
        expectFailure(exchange -> FakeRegistry.status(exchange, 401, "WWW-Authenticate", challenge));
    }

    @Test
    void asksNoRegistryThatIsNotListed() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> FakeRegistry.digest(exchange, DIGEST));
                FakeRegistry other = new FakeRegistry(folder, exchange -> FakeRegistry.digest(exchange, DIGEST));
                Gate gate = Gate.of(registry.settings())) {
            assertThat(gate.ask(other.name() + "/web:1")).isEmpty();
            assertThat(gate.lookups("unlisted")).isEqualTo(1);
            // Questions are asked one after the other: this one was behind, had the other been asked.
            assertThat(gate.learn(registry.name() + "/web:1")).contains(DIGEST);
            assertThat(gate.answers()).isEqualTo(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1"})
    void asksNoAddressOfTheNetworkAroundBehindAStar(String address) throws Exception {
        InetAddress[] inside = {InetAddress.getByName("198.41.0.4"), InetAddress.getByName(address)};
        assertThat(problem("*.registry.example", inside))
                .contains("evil.registry.example has an address that is not public");
    }

    @Test
    void asksAnyAddressOfARegistryThatIsWrittenOut() throws Exception {
        InetAddress[] inside = {InetAddress.getByName("10.1.2.3")};
        assertThat(problem("evil.registry.example", inside)).contains("cannot be connected to");
    }

    /** Why a host of a name that nobody has is not asked. */
    private static String problem(String listed, InetAddress... addresses) throws Exception {
        RegistrySettings settings = Settings.allowing(listed).build();
        try (Transport transport = new Transport(settings, host -> addresses)) {
            URI uri = URI.create("https://evil.registry.example/v2/");
            return catchThrowableOfType(
                            LookupException.class,
                            () -> transport.send("HEAD", uri, Map.of(), 1, Deadline.in(Duration.ofSeconds(10))))
                    .sentence();
        }
    }

    private void expectFailure(HttpHandler answers) throws Exception {
        try (FakeRegistry registry = new FakeRegistry(folder, answers);
                Gate gate = Gate.of(registry.settings())) {
            assertThat(gate.learn(registry.name() + "/web:1")).isEmpty();
            assertThat(gate.answers("failed")).isEqualTo(1);
            assertThat(gate.entries()).isZero();
        }
    }

    private Path config(String host) throws Exception {
        String auth = Base64.getEncoder().encodeToString("ann:secret".getBytes(UTF_8));
        return Files.writeString(
                folder.resolve("config.json"), "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host, auth));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
