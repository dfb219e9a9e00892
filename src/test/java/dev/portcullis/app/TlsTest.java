package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One server with files of its own; the pairs come from self-signed folders. */
class TlsTest {
    private static final String TAKEN = "portcullis_certificate_reloads_total{result=\"taken\"}";
    private static final String REFUSED = "portcullis_certificate_reloads_total{result=\"refused\"}";

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static Path certificate;
    private static Path key;

    @BeforeAll
    static void start() throws Exception {
        Path first = folder.resolve("first");
        // A server that has started once leaves a pair; another leaf of the same CA comes from starting again without
        // it.
        Server.start(RunningServer.options(first), SampleServices.class).close();
        certificate = Files.copy(first.resolve("tls/tls.crt"), folder.resolve("crt.pem"));
        key = Files.copy(first.resolve("tls/tls.key"), folder.resolve("key.pem"));
        Files.delete(first.resolve("tls/tls.crt"));
        Server.start(RunningServer.options(first), SampleServices.class).close();
        server = RunningServer.start(certificate, key, first.resolve("tls/ca.crt"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void speaksTls13And12(String version) throws Exception {
        try (SSLSocket socket = server.socket()) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getSession().getCipherSuite()).matches("TLS_(ECDHE_ECDSA_WITH_)?(AES|CHACHA).*");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0301, 0x0302})
    void refusesOlderTls(int version) throws Exception {
        // The JDK's client will not speak these versions, so the hello is written out: one cipher suite of theirs.
        byte[] hello = HexFormat.of()
                .parseHex("160301002d01000029" + HexFormat.of().toHexDigits((short) version) + "00".repeat(32)
                        + "000002c0090100");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.admissionPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello);
            byte[] answer = socket.getInputStream().readNBytes(7);
            // An alert (21) that is fatal (2): protocol_version (70).
            assertThat(answer[0]).isEqualTo((byte) 21);
            assertThat(answer[5]).isEqualTo((byte) 2);
            assertThat(answer[6]).isEqualTo((byte) 70);
        }
    }

    @Test
    void negotiatesNoHttp2() throws Exception {
        try (SSLSocket socket = server.socket()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isNotEqualTo("h2");
        }
        assertThat(server.post("/validate", "{\"uid\":\"u\"}").version())
                .isEqualTo(java.net.http.HttpClient.Version.HTTP_1_1);
    }

    @Test
    void takesANewPairInUseAndNeverABadOne() throws Exception {
        X509Certificate before = served();
        double refused = server.metric(REFUSED);
        Path next = folder.resolve("first/tls");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Thread traffic = Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                try {
                    // A connection each, so that every one meets the certificate of its moment.
                    String answer = RunningServer.exchange(
                            server.socket(),
                            "POST /validate HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 11\r\n\r\n{\"uid\":\"u\"}");
                    answered.addAndGet(answer.startsWith("HTTP/1.1 200") ? 1 : -1_000_000);
                } catch (java.io.IOException e) {
                    answered.addAndGet(-1_000_000);
                }
            }
        });

        replace(next.resolve("tls.crt"), certificate);
        Await.until(() -> server.metric(REFUSED) == refused + 1);
        assertThat(served()).isEqualTo(before);

        Files.writeString(key, Files.readString(next.resolve("tls.key")).substring(0, 60));
        Await.until(() -> server.metric(REFUSED) == refused + 2);
        assertThat(served()).isEqualTo(before);

        Files.delete(key);
        Await.until(() -> server.metric(REFUSED) == refused + 3);
        assertThat(served()).isEqualTo(before);

        double taken = server.metric(TAKEN);
        replace(next.resolve("tls.key"), key);
        Await.until(() -> server.metric(TAKEN) == taken + 1);
        assertThat(served()).isNotEqualTo(before);
        assertThat(server.metric("portcullis_certificate_expiry_timestamp_seconds"))
                .isEqualTo((double) served().getNotAfter().toInstant().getEpochSecond());

        int sofar = answered.get();
        Await.until(() -> answered.get() > sofar + 3 || answered.get() < 0);
        stop.set(true);
        traffic.join();
        assertThat(answered.get()).isPositive();
    }

    @Test
    void isTrustedByItsOwnAuthorityOnly() {
        var strangers = java.net.http.HttpClient.newHttpClient();
        assertThatThrownBy(() -> strangers.send(
                        server.json("/validate", "{}").build(), java.net.http.HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private static X509Certificate served() throws Exception {
        try (SSLSocket socket = server.socket()) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static void replace(Path from, Path to) throws Exception {
        Path temporary = Files.copy(from, folder.resolve("replacement"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(temporary, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
