package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                "portcullis.tls.certificate=a.pem | portcullis.tls.certificate and portcullis.tls.key go together: give both (--tls-cert, --tls-key)",
            })
    void saysInOneSentenceWhatIsWrong(String property, String sentence) {
        assertThat(failure(RunningServer.options(data, property)))
                .contains(sentence)
                .doesNotContain("\n");
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
        StartException failure = catchThrowableOfType(
                StartException.class,
                () -> Server.start(options, SampleServices.class).close());
        assertThat(failure).isNotNull();
        return String.valueOf(failure.getMessage());
    }
}
