package dev.portcullis.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.workload.ImageReference;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is bounded, and how long answers count. */
class RegistryDigestsTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    @Test
    void dropsWhatIsBeyondTheQueue() throws Exception {
        Settings settings = Settings.allowing("registry.example").waiting(3);
        try (Gate gate = Gate.idle(settings, InetAddress::getAllByName)) {
            for (int i = 0; i < 10; i++) {
                assertThat(gate.ask("registry.example/web:" + i)).isEmpty();
                assertThat(gate.ask("registry.example/web:" + i)).isEmpty();
            }
            // Those that wait are not taken twice; of the others each is dropped each time.
            assertThat(gate.dropped()).isEqualTo(14);
            assertThat(gate.lookups("miss")).isEqualTo(20);
        }
    }

    @Test
    void keepsNoMoreThanItShould() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> FakeRegistry.digest(exchange, DIGEST));
                Gate gate = Gate.of(registry.settings().entries(3))) {
            for (int i = 0; i < 5; i++) {
                assertThat(gate.learn(registry.name() + "/web:" + i)).contains(DIGEST);
            }
            assertThat(gate.entries()).isEqualTo(3);
            assertThat(gate.ask(registry.name() + "/web:4")).contains(DIGEST);
            assertThat(gate.ask(registry.name() + "/web:0"))
                    .as("not used for longest")
                    .isEmpty();
        }
    }

    @Test
    void namesThatNobodyHasPushedDriveNothingOut() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> {
                    if (exchange.getRequestURI().getPath().endsWith("/real")) {
                        FakeRegistry.digest(exchange, DIGEST);
                    } else {
                        exchange.sendResponseHeaders(404, -1);
                    }
                });
                Gate gate = Gate.of(registry.settings().entries(3))) {
            assertThat(gate.learn(registry.name() + "/web:real")).contains(DIGEST);
            for (int i = 0; i < 5; i++) {
                assertThat(gate.learn(registry.name() + "/web:" + i)).isEmpty();
            }
            assertThat(gate.ask(registry.name() + "/web:real")).contains(DIGEST);
        }
    }

    @Test
    void outlivesAnOutageUntilTheAnswersAreTooOld() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> {
                    if (away.get()) {
                        exchange.sendResponseHeaders(500, -1);
                    } else {
                        FakeRegistry.digest(exchange, DIGEST);
                    }
                });
                Gate gate = Gate.of(registry.settings())) {
            String image = registry.name() + "/web:1";
            assertThat(gate.learn(image)).contains(DIGEST);
            away.set(true);
            gate.pass(Settings.REFRESH);
            double answers = gate.answers();
            assertThat(gate.ask(image)).contains(DIGEST);
            gate.awaitAnswer(answers);
            assertThat(gate.answers("failed")).isEqualTo(1);
            assertThat(gate.ask(image)).contains(DIGEST);

            gate.pass(Settings.EXPIRY.minus(Settings.REFRESH).minusMillis(1));
            answers = gate.answers();
            assertThat(gate.ask(image)).contains(DIGEST);
            gate.awaitAnswer(answers);
            gate.pass(Duration.ofMillis(1));
            assertThat(gate.ask(image)).as("too old").isEmpty();

            away.set(false);
            gate.pass(Settings.RETRY.multipliedBy(2));
            assertThat(gate.learn(image)).contains(DIGEST);
        }
    }

    @Test
    void forgetsWhatNobodyNeeds() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> FakeRegistry.digest(exchange, DIGEST));
                Gate gate = Gate.of(registry.settings())) {
            assertThat(gate.learn(registry.name() + "/web:1")).contains(DIGEST);
            gate.pass(Settings.FORGETTING);
            gate.digests.sweep();
            assertThat(gate.entries()).isZero();
        }
    }

    @Test
    void nothingIsAskedForBecauseOfADryRun() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(folder, exchange -> FakeRegistry.digest(exchange, DIGEST));
                Gate gate = Gate.of(registry.settings())) {
            ImageReference image =
                    ImageReference.parse(registry.name() + "/web:1").orElseThrow();
            assertThat(gate.digests.asKept().digestOf(image)).isEmpty();
            assertThat(gate.learn(registry.name() + "/other:1")).contains(DIGEST);
            assertThat(registry.requests()).containsExactly("HEAD /v2/other/manifests/1");

            assertThat(gate.learn(registry.name() + "/web:1")).contains(DIGEST);
            assertThat(gate.digests.asKept().digestOf(image)).contains(DIGEST);
        }
    }

    @Test
    void saysWhichFileCannotBeUsedAndNothingOfWhatItHolds() throws Exception {
        Path absent = folder.resolve("absent.json");
        Path broken = Files.writeString(folder.resolve("config.json"), "{\"auths\": hunter2");
        Path text = Files.writeString(folder.resolve("ca.pem"), "hello");
        Settings settings = Settings.allowing("registry.example");
        assertThatThrownBy(() -> Gate.of(settings.credentials(absent)))
                .hasMessage(absent + " does not exist: give the path of a config.json of docker login");
        assertThatThrownBy(() -> Gate.of(settings.credentials(broken)))
                .hasMessageStartingWith(broken + " is no JSON")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> Gate.of(settings.trusting(text))).hasMessageStartingWith(text + " ");
    }
}
