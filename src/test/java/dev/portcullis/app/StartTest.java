package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "portcullis.admission.port=70000 | portcullis.admission.port must be 0 to 65535, not 70000",
                "portcullis.admission.port=https | portcullis.admission.port cannot be 'https'",
                "portcullis.admision.port=1 | 'portcullis.admision.port' is no property of Portcullis",
                "portcullis.admission.body-limit=1KB | portcullis.admission.body-limit must be 64KB to 512MB",
                "portcullis.admission.in-flight-bytes=1MB | portcullis.admission.in-flight-bytes must be four thirds of admission.body-limit or more",
                "portcullis.admission.dns-names=a b | portcullis.admission.dns-names must be DNS names",
                "portcullis.review.concurrency=0 | portcullis.review.concurrency must be 1 or more",
                "portcullis.exemption-namespaces=Shop | portcullis.exemption-namespaces must be names of namespaces, 'Shop' is none",
                "portcullis.scan.interval=10s | portcullis.scan.interval must be 1m to 24h",
                "portcullis.reports.most-results=-1 | portcullis.reports.most-results must be 0 to 10000000",
                "portcullis.notifications.targets.Team.kind=slack | portcullis.notifications.targets must have names of 1 to 40 small letters",
                "portcullis.notifications.targets.a.kind=pager | portcullis.notifications.targets.a.kind cannot be 'pager'",
                "portcullis.notifications.targets.a.url=https://a.example | portcullis.notifications.targets.a.kind must be slack, webhook, alertmanager or email",
                "portcullis.notifications.targets.a.kind=slack | portcullis.notifications.targets.a.url-file must name a file of the webhook's address",
                "portcullis.console.boards.Team.kinds=Pod | portcullis.console.boards must have names of 1 to 40 small letters",
                "portcullis.console.boards.a.namespaces=a/b | portcullis.console.boards.a.namespaces must be names of namespaces, or with stars; 'a/b' is none",
                "portcullis.console.boards.a.kinds=apps/v1 | portcullis.console.boards.a.kinds must be kinds of workloads, such as Deployment",
                "portcullis.console.boards.a.checks=privleged | portcullis.console.boards.a.checks must be ids of checks, or rules/NAME",
                "portcullis.console.boards.a.severities=worst | portcullis.console.boards.a.severities",
                "portcullis.console.boards.a.colour=red | 'portcullis.console.boards.a.colour' is no property of Portcullis",
                "portcullis.tls.certificate=a.pem | portcullis.tls.certificate and portcullis.tls.key go together: give both (--tls-cert, --tls-key)",
            })
    void saysInOneSentenceWhatIsWrong(String property, String sentence) {
        assertThat(failure(RunningServer.options(data, property)))
                .contains(sentence)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kind=webhook,url=http://hooks.example.com/a | url must be like https://hooks.example.com/path; without TLS",
                "kind=webhook,url=https://hooks.example.com/a?token=b | url has a query, which may be a secret",
                "kind=webhook,url=https://a.example,url-file=b | url or url-file is needed, and not both",
                "kind=webhook,url=https://a.example,modes=off | modes must be some of enforce, warn and audit",
                "kind=webhook,url=https://a.example,checks=privleged | checks must be ids of checks, or rules/NAME; 'privleged' is none",
                "kind=webhook,url=https://a.example,namespaces=a/b | namespaces must be names of namespaces, or with stars",
                "kind=webhook,url=https://a.example,username=ann | username and password-file go together: give both",
                "kind=webhook,url=https://a.example,quiet=1s | quiet must be 1m to 7d",
                "kind=webhook,url=https://a.example,digest=daily | digest is for email",
                "kind=webhook,url=https://a.example,urll=b | 'portcullis.notifications.targets.a.urll' is no property of Portcullis",
                "kind=alertmanager,url=https://a.example,modes=warn | modes must have enforce: alerts tell of denials",
                "kind=email,url=https://a.example | url must be like smtp://mail.example.com:587",
                "kind=email,url=smtp://a.example,digest=daily,from=a@b.example | to must name who gets the mail",
                "kind=email,url=smtp://a.example,digest=daily,from=a@b.example,to=c@d.example,at=8 | at must be a time such as 08:00, not '8'",
                "kind=email,url=smtp://a.example,digest=daily,from=a@b.example,to=c@d.example,zone=Berlin | zone must be a time zone",
            })
    void saysWhatIsWrongWithATargetOfNotifications(String properties, String sentence) {
        String prefix = "portcullis.notifications.targets.a.";
        String[] all = Stream.of(properties.split(",", -1)).map(prefix::concat).toArray(String[]::new);

        assertThat(failure(RunningServer.options(data, all))).contains(sentence).doesNotContain("\n");
    }

    @Test
    void saysWhichFileIsMissingOrNoKey() throws Exception {
        Path absent = data.resolve("absent.pem");
        Path text = Files.writeString(data.resolve("text.pem"), "hello");
        assertThat(failure(new ServeOptions(data, absent, absent, null, List.of())))
                .isEqualTo(absent + " does not exist: give the path of a PEM file");
        assertThat(failure(new ServeOptions(data, text, text, null, List.of()))).startsWith(text + " holds no");
        assertThat(failure(new ServeOptions(data, data, data, null, List.of()))).startsWith(data + " cannot be read");
    }

    @Test
    void saysWhatIsWrongWithTheAuthorityOfAnIdentityProvider() throws Exception {
        Path text = Files.writeString(data.resolve("text.pem"), "hello");
        for (Path file : List.of(text, data.resolve("absent.pem"))) {
            // Not the test's own folder: the history may still have a file in it when that is removed.
            ServeOptions options = RunningServer.options(
                    Files.createTempDirectory("portcullis-test"),
                    "portcullis.console.url=https://localhost",
                    "portcullis.console.oidc.issuer=https://login.example.com",
                    "portcullis.console.oidc.admin-groups=a",
                    "portcullis.console.oidc.ca=" + file);
            assertThat(failure(options, Decisions.class))
                    .startsWith("portcullis.console.oidc.ca cannot be used: " + file)
                    .contains("PEM")
                    .doesNotContain("\n");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String port : List.of("admission", "management")) {
                String property = "portcullis." + port + ".port=" + taken.getLocalPort();
                assertThat(failure(RunningServer.options(data, property)))
                        .startsWith("port " + taken.getLocalPort() + " cannot be listened on");
            }
        }
    }

    @Test
    void saysThatTheFolderCannotBeWritten() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");
        assertThat(failure(RunningServer.options(file))).contains("file/tls", "--data");
    }

    @Test
    void listensOnLoopbackUnlessToldOtherwise() throws Exception {
        try (Server server = Server.start(RunningServer.options(data), SampleServices.class)) {
            assertThat(server.announcement())
                    .contains("https://127.0.0.1:" + server.admissionPort())
                    .contains("http://127.0.0.1:" + server.managementPort())
                    .contains("curl --cacert " + data.resolve("tls/ca.crt"));
            // 127.0.0.2 is this machine too, and what a wildcard address would answer on.
            for (int port : List.of(server.admissionPort(), server.managementPort())) {
                try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
                    assertThat(other.isBound()).isTrue();
                }
            }
        }
    }

    private static String failure(ServeOptions options) {
        return failure(options, SampleServices.class);
    }

    private static String failure(ServeOptions options, Class<?> services) {
        StartException failure = catchThrowableOfType(
                StartException.class, () -> Server.start(options, services).close());
        assertThat(failure).isNotNull();
        return String.valueOf(failure.getMessage());
    }
}
