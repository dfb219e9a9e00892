package dev.portcullis.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.app.tls.ServingCertificate;
import dev.portcullis.testing.Distribution;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry that others use too answers. */
class RealRegistryTest {
    private static final String SALT = "sixteen bytes...";

    @TempDir
    private Path folder;

    @Test
    void tellsWhereTagsPoint() throws Exception {
        try (Distribution registry = Distribution.start(folder, "");
                Gate gate = Gate.of(
                        Settings.allowing("127.0.0.1:" + registry.port()).plainHttp())) {
            String address = "127.0.0.1:" + registry.port();
            Pusher pusher = new Pusher(HttpClient.newHttpClient(), "http://" + address, null);
            String one = pusher.push("shop/web", "1", "first");
            String latest = pusher.push("shop/web", "latest", "last");
            String index = pusher.pushIndex("shop/many", "1");

            assertThat(gate.ask(address + "/shop/web:1"))
                    .as("nobody waits for it")
                    .isEmpty();
            assertThat(gate.learn(address + "/shop/web:1")).contains(one);
            assertThat(gate.learn(address + "/shop/web")).contains(latest);
            assertThat(gate.learn(address + "/shop/many:1")).contains(index);
            assertThat(gate.entries()).isEqualTo(3);
            assertThat(gate.answers("failed")).isZero();
        }
    }

    @Test
    void followsATagThatIsMoved() throws Exception {
        try (Distribution registry = Distribution.start(folder, "");
                Gate gate = Gate.of(
                        Settings.allowing("127.0.0.1:" + registry.port()).plainHttp())) {
            String address = "127.0.0.1:" + registry.port();
            Pusher pusher = new Pusher(HttpClient.newHttpClient(), "http://" + address, null);
            String before = pusher.push("shop/web", "1", "before");
            assertThat(gate.learn(address + "/shop/web:1")).contains(before);
            String after = pusher.push("shop/web", "1", "after");
            assertThat(gate.ask(address + "/shop/web:1")).contains(before);

            gate.pass(Settings.REFRESH);
            double answers = gate.answers();
            gate.digests.sweep();
            gate.awaitAnswer(answers);
            assertThat(gate.ask(address + "/shop/web:1")).contains(after).isNotEqualTo(before);
        }
    }

    @Test
    void remembersThatThereIsNoSuchTag() throws Exception {
        try (Distribution registry = Distribution.start(folder, "");
                Gate gate = Gate.of(
                        Settings.allowing("127.0.0.1:" + registry.port()).plainHttp())) {
            String address = "127.0.0.1:" + registry.port();
            Pusher pusher = new Pusher(HttpClient.newHttpClient(), "http://" + address, null);
            assertThat(gate.learn(address + "/shop/web:1")).isEmpty();
            assertThat(gate.answers("absent")).isEqualTo(1);

            String pushed = pusher.push("shop/web", "1", "late");
            gate.pass(Settings.RETRY.minusMillis(1));
            assertThat(gate.ask(address + "/shop/web:1")).isEmpty();
            gate.pass(Settings.RETRY);
            assertThat(gate.learn(address + "/shop/web:1")).contains(pushed);
            assertThat(gate.answers("absent")).as("asked once in the time").isEqualTo(1);
        }
    }

    @Test
    void logsInOverTls() throws Exception {
        Path tls = folder.resolve("tls");
        ServingCertificate.selfSigned(tls, List.of()).close();
        Path passwords = Files.writeString(
                folder.resolve("htpasswd"),
                "ann:" + OpenBSDBCrypt.generate("secret".toCharArray(), SALT.getBytes(UTF_8), 4));
        String options = """
                  tls: {certificate: "%s", key: "%s"}
                auth:
                  htpasswd: {realm: test, path: "%s"}
                """.formatted(tls.resolve("tls.crt"), tls.resolve("tls.key"), passwords);
        try (Distribution registry = Distribution.start(folder, options)) {
            String address = "localhost:" + registry.port();
            Settings trusting = Settings.allowing(address).trusting(tls.resolve("ca.crt"));
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(Trust.with(tls.resolve("ca.crt")))
                    .build();
            String digest =
                    new Pusher(client, "https://" + address, new Login("ann", "secret")).push("web", "1", "one");

            try (Gate gate = Gate.of(trusting.credentials(config(address, "ann:secret")))) {
                assertThat(gate.learn(address + "/web:1")).contains(digest);
            }
            try (Gate wrong = Gate.of(trusting.credentials(config(address, "ann:guess")));
                    Gate without = Gate.of(trusting);
                    Gate untrusting = Gate.of(Settings.allowing(address))) {
                for (Gate gate : List.of(wrong, without, untrusting)) {
                    assertThat(gate.learn(address + "/web:1")).isEmpty();
                    assertThat(gate.answers("failed")).isEqualTo(1);
                }
            }
        }
    }

    private Path config(String address, String userAndPassword) throws Exception {
        String auth = Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
        return Files.writeString(
                folder.resolve("config.json"), "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(address, auth));
    }
}
