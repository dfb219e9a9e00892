package dev.portcullis.notify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.Notified;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.Place;
import dev.portcullis.history.Postgres;
import dev.portcullis.testing.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Targets that are far behind or slow, and several processes that could send. */
@Timeout(120)
class DeliveryTest {
    private WebhookReceiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = WebhookReceiver.start();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private static Notified known(Told told, String target) throws Exception {
        return Objects.requireNonNull(told.history.outbox().targets().get(target));
    }

    private Stream<JsonNode> events() {
        return receiver.requests().stream()
                .flatMap(request -> request.json().at("/data/events").valueStream());
    }

    private List<String> names() {
        return events().map(event -> event.path("name").stringValue()).toList();
    }

    @Test
    void aTargetThatIsTooFarBehindIsToldOfTheLastTenThousandDecisions(@TempDir Path folder) throws Exception {
        Target target = Told.webhook("ci", receiver.uri("/hook"));
        int skipped = 50;
        try (Told told = new Told(folder)) {
            told.end(told.begin(target));
            for (int i = 0; i < skipped; i++) {
                told.deny("skipped", "privileged");
            }
            for (int i = skipped; i < skipped + EventRound.MOST_BEHIND - 1; i++) {
                told.decide(Outcome.ALLOW, "shop", "any");
                if (i % 1_000 == 0) {
                    int written = i;
                    await().atMost(40, SECONDS).until(() -> known(told, "ci").waiting() >= written);
                }
            }
            told.deny("last", "privileged");
            await().atMost(40, SECONDS).until(() -> known(told, "ci").waiting() == skipped + EventRound.MOST_BEHIND);

            told.begin(target);
            await().atMost(20, SECONDS).until(() -> names().contains("last"));
            told.settle("ci");

            assertThat(names()).containsExactly("last");
            assertThat(known(told, "ci").lost()).isEqualTo(skipped);
            assertThat(told.count("portcullis.notifications.lost", "ci")).isEqualTo(skipped);
        }
    }

    @Test
    void aTargetThatDoesNotAnswerIsWaitedForForTenSecondsAndHoldsUpNoOther(@TempDir Path folder) throws Exception {
        try (Told told = new Told(folder);
                WebhookReceiver slow = WebhookReceiver.start()) {
            slow.fallSilent();
            told.begin(Told.webhook("slow", slow.uri("/hook")), Told.webhook("ci", receiver.uri("/hook")));
            told.deny("web", "privileged");
            await().atMost(20, SECONDS).until(() -> slow.requests().size() == 1);
            told.deny("api", "privileged");
            await().atMost(20, SECONDS).until(() -> names().containsAll(List.of("web", "api")));
            assertThat(known(told, "slow").succeededAt()).isNull();
            await().atMost(20, SECONDS)
                    .until(() -> known(told, "slow")
                            .failure()
                            .endsWith("/hook is not reached: no answer within 10 seconds"));

            slow.speak();
            await().atMost(30, SECONDS).until(() -> known(told, "slow").waiting() == 0);

            assertThat(slow.requests().stream()
                            .limit(2)
                            .map(request -> request.header("webhook-id"))
                            .distinct())
                    .hasSize(1);
            assertThat(known(told, "slow").lost()).isZero();
        }
    }

    @Test
    void ofTwoProcessesOnOneDatabaseEachEventIsToldOnce() throws Exception {
        Place place = Postgres.database();
        // Never quiet: what is told twice is seen twice.
        Target target = eager(Told.webhook("ci", receiver.uri("/hook")));
        try (Told one = new Told(place);
                Told other = new Told(place)) {
            Notifications first = one.begin(target);
            other.begin(target);
            List<String> owners =
                    IntStream.range(0, 20).mapToObj(i -> "web-" + i).toList();
            for (String owner : owners.subList(0, 10)) {
                (owner.hashCode() % 2 == 0 ? one : other).deny(owner, "privileged");
            }
            await().atMost(30, SECONDS).until(() -> names().containsAll(owners.subList(0, 10)));
            one.end(first);
            for (String owner : owners.subList(10, 20)) {
                (owner.hashCode() % 2 == 0 ? one : other).deny(owner, "privileged");
            }
            await().atMost(60, SECONDS).until(() -> names().containsAll(owners));
            other.settle("ci");

            assertThat(names()).containsExactlyInAnyOrderElementsOf(owners);
            assertThat(events().mapToInt(event -> event.path("times").intValue()))
                    .containsOnly(1);
            assertThat(one.count("portcullis.notifications.sent", "ci")).isPositive();
            assertThat(other.count("portcullis.notifications.sent", "ci")).isPositive();
        }
    }

    private static Target eager(Target target) {
        return new Target(
                target.name(),
                target.property(),
                target.kind(),
                target.url(),
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                target.selection(),
                Duration.ofMillis(-1),
                null);
    }
}
