package dev.portcullis.notify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.portcullis.check.Severity;
import dev.portcullis.history.Notified;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.Source;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class DigestTest {
    private static final Schedule DAILY = new Schedule(null, LocalTime.of(8, 0), ZoneId.of("Europe/Berlin"));
    private static final Instant EIGHT = Instant.parse("2026-12-01T07:00:00Z");

    @TempDir
    private Path folder;

    private Told told;
    private GreenMail mail;
    private Path password;
    private Selection selection = Told.ALL;

    @BeforeEach
    void open() throws Exception {
        told = new Told(folder);
        mail = serving("0.0.0.0", ServerSetup.PROTOCOL_SMTP);
        password = Files.writeString(folder.resolve("password"), "wrong");
    }

    private static GreenMail serving(String address, String protocol) {
        ServerSetup setup = new ServerSetup(0, address, protocol);
        setup.setServerStartupTimeout(20_000);
        GreenMail server = new GreenMail(setup);
        server.setUser("portcullis@example.com", "portcullis", "hunter2");
        server.start();
        return server;
    }

    @AfterEach
    void close() {
        told.close();
        mail.stop();
    }

    private Target target(String host) {
        return target("smtp://" + host + ":" + mail.getSmtp().getPort(), null);
    }

    private Target target(String address, @Nullable Path authority) {
        return new Target(
                "weekly",
                "portcullis.notifications.targets.weekly",
                Kind.EMAIL,
                URI.create(address),
                null,
                null,
                "portcullis",
                password,
                null,
                authority,
                false,
                selection,
                Duration.ofHours(6),
                new Letter("portcullis@example.com", List.of("team@example.com", "boss@example.com"), DAILY));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T12:00:00Z, 2026-11-30T07:00:00Z, 2026-12-01T07:00:00Z",
        "2026-12-01T07:00:00Z, 2026-12-01T07:00:00Z, 2026-12-02T07:00:00Z",
        "2026-12-01T06:59:59Z, 2026-11-30T07:00:00Z, 2026-12-01T07:00:00Z",
        // Clocks are put forward, and back.
        "2026-03-29T12:00:00Z, 2026-03-29T06:00:00Z, 2026-03-30T06:00:00Z",
        "2026-10-25T06:30:00Z, 2026-10-24T06:00:00Z, 2026-10-25T07:00:00Z",
    })
    void isDueOnceADayByTheClockOfItsZone(Instant now, Instant before, Instant after) {
        assertThat(DAILY.dueBy(now)).isEqualTo(before);
        assertThat(DAILY.dueAfter(now)).isEqualTo(after);
    }

    @Test
    void isDueOnceAWeekOnItsDay() {
        Schedule weekly = new Schedule(DayOfWeek.MONDAY, LocalTime.of(2, 30), ZoneId.of("UTC"));
        // A Tuesday.
        Instant now = Instant.parse("2026-12-01T00:00:00Z");
        assertThat(weekly.dueBy(now)).isEqualTo("2026-11-30T02:30:00Z");
        assertThat(weekly.dueAfter(now)).isEqualTo("2026-12-07T02:30:00Z");
        assertThat(weekly.spoken()).isEqualTo("on Mondays at 02:30 UTC");
    }

    @Test
    void isSentOnceWhenItIsDueAndAgainOnTheNextDay() throws Exception {
        Files.writeString(password, "hunter2");
        Target target = target("127.0.0.1");
        Notifications first = told.begin(URI.create("https://portcullis.example.com"), target);
        told.deny("<b>web</b>", "privileged");
        told.deny("api", "host-pid");
        told.decide(Outcome.WARN, "bank", "db", Told.finding("run-as-non-root", "warn", "high", "is not set"));
        told.at(Told.NOON.plusSeconds(60));
        told.decide(Outcome.ALLOW, "shop", "api");
        counted(2);
        told.at(EIGHT.plus(Duration.ofMinutes(2)));
        arrived(2);
        told.end(first);
        told.begin(URI.create("https://portcullis.example.com"), target);
        told.at(EIGHT.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(2)));
        arrived(4);

        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Portcullis: 2 denials, 1 new owner, 1 fixed");
        assertThat(message.getMessageID()).isEqualTo("<digest-weekly-" + EIGHT.getEpochSecond() + "@portcullis>");
        assertThat(GreenMailUtil.getAddressList(message.getAllRecipients()))
                .isEqualTo("team@example.com, boss@example.com");
        String plain = part(message, "text/plain");
        assertThat(plain)
                .contains("30 Nov 2026 13:00 to 1 Dec 2026 08:00 Europe/Berlin")
                .contains("Requests: 2 denied, 1 with warnings.")
                .contains("- Deployment <b>web</b> in shop: privileged (1 times)")
                .contains("Fixed: denied before, and let in since\n- Deployment api in shop: host-pid")
                .contains("- bank: 0, 1")
                .contains("- run-as-non-root (warn): 1 times, in 1 namespaces")
                .contains("https://portcullis.example.com/");
        assertThat(part(message, "text/html"))
                .contains("Deployment &lt;b&gt;web&lt;/b&gt;")
                .doesNotContain("<b>web");
        MimeMessage next = mail.getReceivedMessages()[1];
        assertThat(next.getSubject()).isEqualTo("Portcullis: 0 denials, 0 new owners, 0 fixed");
        assertThat(part(next, "text/plain")).contains("Before:    0 workloads");
    }

    @Test
    void tellsOfTheSeverityAndTheSourceThatAreMeantAlone() throws Exception {
        Files.writeString(password, "hunter2");
        selection = new Selection(
                List.of(), List.of("calm"), Set.of(), Severity.HIGH, Set.of("enforce", "warn"), Set.of("admission"));
        told.begin(target("127.0.0.1"));
        told.deny("web", "privileged");
        told.decide(Outcome.DENY, "shop", "mild", Told.finding("host-pid", "enforce", "low", "is true"));
        told.decide(Outcome.WARN, "bank", "db", Told.finding("run-as-non-root", "warn", "high", "is not set"));
        told.decide(Outcome.WARN, "bank", "db", Told.finding("cpu-limit", "warn", "medium", "is not set"));
        told.decide(Outcome.DENY, "calm", "any", Told.finding("privileged", "enforce", "critical", "is true"));
        told.decide(
                Source.DOCKER, Outcome.DENY, "", "ci", Told.finding("privileged", "enforce", "critical", "is true"));
        counted(4);
        told.at(EIGHT.plus(Duration.ofMinutes(2)));
        arrived(2);

        assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("Portcullis: 1 denial, 1 new owner, 0 fixed");
        assertThat(part(mail.getReceivedMessages()[0], "text/plain"))
                .contains("Requests: 1 denied, 1 with warnings.")
                .contains("- Deployment web in shop: privileged (1 times)")
                .contains("- run-as-non-root (warn): 1 times, in 1 namespaces")
                .contains("- privileged (enforce): 1 times, in 1 namespaces")
                .doesNotContain("mild", "host-pid", "cpu-limit", "calm", "ci in");
    }

    /** So many, one for each who gets one. */
    private void arrived(int letters) {
        await().atMost(40, SECONDS).until(() -> mail.getReceivedMessages().length == letters);
    }

    private void counted(long denials) {
        await().atMost(40, SECONDS)
                .until(() -> told.history.outbox().period(Told.NOON, EIGHT).outcomes().stream()
                                .filter(count -> count.outcome().equals("deny"))
                                .mapToLong(count -> count.times())
                                .sum()
                        == denials);
    }

    private static String part(Part of, String type) throws Exception {
        if (of.isMimeType(type)) {
            return of.getContent().toString().replace("\r\n", "\n");
        }
        StringBuilder found = new StringBuilder();
        if (of.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                found.append(part(parts.getBodyPart(i), type));
            }
        }
        return found.toString();
    }

    @Test
    void onesThatAreGivenUpAreToldWithTheNext() throws Exception {
        told.begin(target("127.0.0.1"));
        told.deny("web", "privileged");
        counted(1);
        told.at(EIGHT.plus(Duration.ofMinutes(2)));
        await().atMost(30, SECONDS).until(() -> known().lost() == 1);
        assertThat(known().failure()).contains("does not take mail").doesNotContain("wrong");
        Files.writeString(password, "hunter2");
        told.at(EIGHT.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(2)));
        arrived(2);

        assertThat(mail.getReceivedMessages()[0].getSubject()).startsWith("Portcullis: 1 denial, 1 new owner");
    }

    private Notified known() throws Exception {
        return Objects.requireNonNull(told.history.outbox().targets().get("weekly"));
    }

    @Test
    void aPasswordIsNotSentInTheClearToAnotherMachine() throws Exception {
        Notifications notifications =
                told.begin(target(InetAddress.getLocalHost().getHostName()));

        assertThat(refusal(notifications)).contains("STARTTLS");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void tlsNeedsACertificateOfThatHostByAnAuthorityThatIsTrusted() throws Exception {
        MailKeys keys = MailKeys.in(folder);
        System.setProperty("greenmail.tls.keystore.file", keys.store().toString());
        System.setProperty("greenmail.tls.keystore.password", MailKeys.PASSWORD);
        Files.writeString(password, "hunter2");
        mail.stop();
        mail = serving("127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
        isTrustedByItsNameAlone("smtps://localhost:" + mail.getSmtps().getPort(), keys);
        assertThat(mail.getReceivedMessages()).hasSize(2);
    }

    @Test
    void startTlsIsSpokenToWhoDemandsItAndNeedsSuchACertificateToo() throws Exception {
        Files.writeString(password, "hunter2");
        MailKeys keys = MailKeys.in(folder);
        try (StartTls front = new StartTls(keys.context(), mail.getSmtp().getPort())) {
            isTrustedByItsNameAlone("smtp://localhost:" + front.port(), keys);

            // Of a password, nothing was said in the clear.
            assertThat(front.heard()).contains("STARTTLS").containsOnly("EHLO", "STARTTLS");
        }
        assertThat(mail.getReceivedMessages()).hasSize(2);
    }

    private void isTrustedByItsNameAlone(String address, MailKeys keys) throws Exception {
        Notifications trusting = told.begin(target(address, keys.certificate()));
        assertThat(trusting.test("weekly")).isTrue();
        told.end(trusting);
        Notifications strange = told.begin(target(address, null));
        assertThat(refusal(strange)).contains("does not take mail").contains("unable to find valid certification path");
        told.end(strange);
        Notifications elsewhere = told.begin(target(address.replace("localhost", "127.0.0.1"), keys.certificate()));
        assertThat(refusal(elsewhere)).contains("does not take mail").contains("subject alternative names");
    }

    private static String refusal(Notifications notifications) {
        return Objects.requireNonNull(catchThrowableOfType(UnsentException.class, () -> notifications.test("weekly")))
                .sentence();
    }
}
