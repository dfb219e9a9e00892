package dev.portcullis.notify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.Notified;
import dev.portcullis.history.Outcome;
import dev.portcullis.testing.RealAlertmanager;
import dev.portcullis.testing.WebhookReceiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class NotificationsTest {
    @TempDir
    private Path folder;

    private Told told;
    private WebhookReceiver receiver;

    @BeforeEach
    void open() throws Exception {
        told = new Told(folder);
        receiver = WebhookReceiver.start();
    }

    @AfterEach
    void close() {
        told.close();
        receiver.close();
    }

    private void awaitRequests(int count) {
        await().atMost(20, SECONDS).until(() -> receiver.requests().size() >= count);
    }

    private Notified known(String target) throws Exception {
        return Objects.requireNonNull(told.history.outbox().targets().get(target));
    }

    private Target slack() throws Exception {
        Path address = Files.writeString(folder.resolve("slack"), receiver.uri("/services/T0/B0/s3cret") + "\n");
        return Told.target("team", Kind.SLACK, null, address);
    }

    @Test
    void slackIsToldOfRepeatedDenialsOnceAndAgainAfterTheQuietTime() throws Exception {
        told.begin(URI.create("https://portcullis.example.com"), slack());
        told.deny("web", "privileged");
        told.deny("web", "privileged");
        awaitRequests(1);
        told.settle("team");
        told.deny("web", "privileged");
        told.deny("api", "host-pid");
        awaitRequests(2);
        told.settle("team");
        told.at(Told.NOON.plus(Duration.ofHours(7)));
        told.deny("web", "privileged");
        awaitRequests(3);
        told.settle("team");

        assertThat(receiver.requests())
                .extracting(WebhookReceiver.Request::path)
                .containsOnly("/services/T0/B0/s3cret");
        assertThat(receiver.requests().stream()
                        .map(each -> each.json().at("/attachments/0/title").stringValue()))
                .containsExactly(
                        "Denied Deployment web in shop",
                        "Denied Deployment api in shop",
                        "Denied Deployment web in shop");
        JsonNode first = receiver.requests().getFirst().json();
        assertThat(first.path("text").stringValue()).isEqualTo("Portcullis: 1 denied");
        assertThat(first.at("/attachments/0/text").stringValue())
                .isEqualTo("• privileged (critical): it is true; set it to false");
        assertThat(first.at("/attachments/0/title_link").stringValue())
                .isEqualTo("https://portcullis.example.com/decisions?namespace=shop&ownerKind=Deployment&owner=web");
    }

    @Test
    void hostileTextMentionsNobodyAndLinksNowhere() throws Exception {
        told.begin(slack());
        told.decide(
                Outcome.DENY,
                "<!channel>",
                "@here",
                Told.finding(
                        "privileged",
                        "enforce",
                        "critical",
                        "<https://evil.example|ok> [ok](https://evil.example) & img@sha256:ab \u202e"));
        awaitRequests(1);

        String body = receiver.requests().getFirst().body();
        assertThat(body).doesNotContain("<", ">", "@here", "](", "://", "\u202e");
        JsonNode attachment = receiver.requests().getFirst().json().at("/attachments/0");
        assertThat(attachment.path("title").stringValue()).endsWith("in &lt;!channel&gt;");
        assertThat(attachment.path("text").stringValue()).contains("&lt;https:", "&amp; img@sha256:ab \\u{202e}");
    }

    @Test
    void triesAgainWhatIsNotTakenWithTheSameId() throws Exception {
        told.begin(Told.webhook("ci", receiver.uri("/hook")));
        receiver.answer(500, Map.of(), "broken");
        receiver.answer(429, Map.of("Retry-After", "0"), "");
        told.deny("web", "privileged");
        told.settle("ci");

        assertThat(receiver.requests()).hasSize(3);
        assertThat(receiver.requests().stream()
                        .map(each -> each.header("webhook-id"))
                        .distinct())
                .hasSize(1);
        assertThat(told.count("portcullis.notifications.failed", "ci")).isEqualTo(2);
        assertThat(told.count("portcullis.notifications.sent", "ci")).isEqualTo(1);
        assertThat(known("ci").lost()).isZero();
        assertThat(known("ci").failure()).contains("/hook answers 429");
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws Exception {
        told.begin(Told.webhook("ci", receiver.uri("/hook")));
        // Longer than a message is tried here.
        receiver.answer(503, Map.of("Retry-After", "600"), "");
        told.deny("web", "privileged");
        told.settle("ci");

        assertThat(receiver.requests()).hasSize(1);
        assertThat(known("ci").lost()).isEqualTo(1);
    }

    @Test
    void doesNotTryAgainWhatIsRefusedAndGoesOn() throws Exception {
        told.begin(Told.webhook("ci", receiver.uri("/hook")));
        receiver.answer(400, Map.of(), "no such thing");
        told.deny("web", "privileged");
        told.settle("ci");
        assertThat(receiver.requests()).hasSize(1);
        assertThat(known("ci").lost()).isEqualTo(1);
        assertThat(told.count("portcullis.notifications.lost", "ci")).isEqualTo(1);
        assertThat(known("ci").failure()).endsWith("/hook answers 400: no such thing");

        told.deny("api", "privileged");
        awaitRequests(2);
        assertThat(receiver.requests()
                        .getLast()
                        .json()
                        .at("/data/events/0/name")
                        .stringValue())
                .isEqualTo("api");
    }

    @Test
    void followsNoRedirectAndReadsOfAnAnswerItsBeginning() throws Exception {
        Notifications notifications = told.begin(Told.webhook("ci", receiver.uri("/hook")));
        receiver.answer(307, Map.of("Location", receiver.uri("/elsewhere").toString()), "");
        assertThat(refusal(notifications))
                .endsWith("answers 307; redirects are not followed: give the address that it leads to");
        receiver.answer(400, Map.of(), "x".repeat(5_000_000));
        assertThat(refusal(notifications)).hasSizeLessThan(300).endsWith("xxx…");
        receiver.answer(200, Map.of(), "x".repeat(5_000_000));
        assertThat(notifications.test("ci")).isTrue();

        assertThat(receiver.requests())
                .extracting(WebhookReceiver.Request::path)
                .containsOnly("/hook");
        assertThat(receiver.requests().getLast().json().path("type").stringValue())
                .isEqualTo("dev.portcullis.test.v1");
    }

    private static String refusal(Notifications notifications) {
        return Objects.requireNonNull(catchThrowableOfType(
                        UnsentException.class,
                        () -> notifications.test(
                                notifications.names().iterator().next())))
                .sentence();
    }

    @Test
    void whatIsSecretIsToldToNobodyElse() throws Exception {
        Notifications notifications = told.begin(slack());
        receiver.answer(404, Map.of(), "no " + receiver.uri("/services/T0/B0/s3cret") + " or /services/T0/B0/s3cret");

        String sentence = refusal(notifications);

        assertThat(sentence).isEqualTo("the address in " + folder.resolve("slack") + " answers 404: no … or …");
        assertThat(notifications.targets().getFirst().address()).doesNotContain("s3cret");
    }

    @Test
    void whatIsSecretInAQueryIsToldToNobodyElse() throws Exception {
        Target slack = slack();
        Files.writeString(
                folder.resolve("slack"),
                receiver.uri("/hook?team=7a&token=s3cret").toString());
        Notifications notifications = told.begin(slack);
        receiver.answer(404, Map.of(), "no s3cret in team=7a&token=s3cret");

        assertThat(refusal(notifications)).endsWith(" answers 404: no … in …");
    }

    @Test
    void filesThatCannotBeUsedAreToldAtTheStart() throws Exception {
        Path address = folder.resolve("address");
        Target target = Told.target("team", Kind.SLACK, null, address);
        assertThat(unusable(target))
                .isEqualTo("portcullis.notifications.targets.team.url-file cannot be used: " + address);
        Files.writeString(address, "http://hooks.example.com/s3cret");
        assertThat(unusable(target))
                .isEqualTo("the address in " + address + " must be like https://hooks.example.com/…");
    }

    private String unusable(Target target) {
        return Objects.requireNonNull(catchThrowableOfType(UnusableTargetException.class, () -> told.begin(target)))
                .sentence();
    }

    @Test
    void aWebhookKnowsWhoSendsByASignatureOfASecretThatMayChange() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t0ken");
        Path signing = Files.writeString(folder.resolve("signing"), "whsec_" + encoded("first"));
        Target plain = Told.webhook("ci", receiver.uri("/hook"));
        told.begin(new Target(
                plain.name(),
                plain.property(),
                plain.kind(),
                plain.url(),
                null,
                token,
                null,
                null,
                signing,
                null,
                false,
                plain.selection(),
                plain.quiet(),
                null));
        told.deny("web", "privileged");
        awaitRequests(1);
        told.settle("ci");
        Files.writeString(signing, "second");
        told.deny("api", "privileged");
        awaitRequests(2);

        WebhookReceiver.Request first = receiver.requests().getFirst();
        assertThat(first.header("authorization")).isEqualTo("Bearer t0ken");
        assertThat(first.header("content-type")).startsWith("application/cloudevents+json");
        assertThat(first.header("webhook-signature")).isEqualTo(signature(first, "first"));
        assertThat(receiver.requests().getLast().header("webhook-signature"))
                .isEqualTo(signature(receiver.requests().getLast(), "second"));
        JsonNode event = first.json();
        assertThat(event.path("specversion").stringValue()).isEqualTo("1.0");
        assertThat(event.path("id").stringValue()).isEqualTo("ci-1-1").isEqualTo(first.header("webhook-id"));
        assertThat(event.path("type").stringValue()).isEqualTo("dev.portcullis.notification.v1");
        assertThat(event.at("/data/events/0/verdict").stringValue()).isEqualTo("deny");
        assertThat(event.at("/data/events/0/findings/0/check").stringValue()).isEqualTo("privileged");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(WebhookReceiver.Request request, String key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = request.header("webhook-id") + "." + request.header("webhook-timestamp") + "." + request.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void nothingIsToldTwiceOrForgottenOverARestart() throws Exception {
        Target target = Told.webhook("ci", receiver.uri("/hook"));
        Notifications first = told.begin(target);
        told.deny("web", "privileged");
        awaitRequests(1);
        told.settle("ci");
        told.end(first);
        told.deny("web", "privileged");
        told.deny("api", "privileged");

        told.begin(target);
        awaitRequests(2);
        told.settle("ci");

        assertThat(receiver.requests().stream()
                        .map(each -> each.json()
                                .at("/data/events")
                                .valueStream()
                                .map(event -> event.path("name").stringValue())
                                .toList()))
                .containsExactly(List.of("web"), List.of("api"));
    }

    @Test
    void ofTwoProcessesOneSends() throws Exception {
        Target target = Told.webhook("ci", receiver.uri("/hook"));
        Notifications first = told.begin(target);
        told.begin(target);
        told.deny("web", "privileged");
        told.settle("ci");
        told.end(first);
        told.deny("api", "privileged");
        told.settle("ci");

        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void anAlertmanagerIsToldOfDenialsAndOfTheirEnd(@TempDir Path alerts) throws Exception {
        try (RealAlertmanager alertmanager = RealAlertmanager.start(alerts)) {
            told.at(Instant.now());
            told.begin(Told.target("alerts", Kind.ALERTMANAGER, alertmanager.uri(), null));
            told.deny("web", "privileged");
            // A round before the denial may have sent nothing; the next comes five seconds later.
            told.at(Instant.now().plusSeconds(6));
            await().atMost(20, SECONDS).until(() -> alertmanager.alerts().size() == 1);
            JsonNode alert = alertmanager.alerts().get(0);
            assertThat(alert.path("labels").toString())
                    .isEqualTo(
                            "{\"alertname\":\"PortcullisDenied\",\"cluster\":\"c1\",\"namespace\":\"shop\","
                                    + "\"owner\":\"web\",\"owner_kind\":\"Deployment\",\"severity\":\"critical\",\"source\":\"admission\"}");
            assertThat(alert.at("/annotations/summary").stringValue()).isEqualTo("Deployment web in shop is denied");
            assertThat(alert.at("/annotations/description").stringValue())
                    .isEqualTo("privileged: it is true; set it to false");
            assertThat(alert.at("/status/state").stringValue()).isEqualTo("active");

            told.at(Instant.now());
            told.decide(Outcome.ALLOW, "shop", "web");
            told.at(Instant.now().plusSeconds(20));
            await().atMost(20, SECONDS).until(() -> alertmanager.alerts().isEmpty());
        }
    }
}
