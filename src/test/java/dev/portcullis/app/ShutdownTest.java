package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final String BODY = "{\"uid\":\"u\"}";

    @Test
    void finishesWhatItHasBegunAndTakesNothingNew() throws Exception {
        RunningServer server = RunningServer.start();
        int port = server.server.admissionPort();
        CompletableFuture<Void> stopped;
        try (SSLSocket begun = server.socket()) {
            String head = "POST /validate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ";
            begun.getOutputStream()
                    .write((head + BODY.length() + "\r\n\r\n" + BODY.substring(0, 5))
                            .getBytes(StandardCharsets.US_ASCII));
            begun.getOutputStream().flush();
            Await.until(() -> server.metric("portcullis_http_body_in_flight_bytes{budget=\"admission\"}") > 0);
            stopped = CompletableFuture.runAsync(server::close);
            Await.until(() -> isClosed(port));
            begun.getOutputStream().write(BODY.substring(5).getBytes(StandardCharsets.US_ASCII));
            begun.getOutputStream().flush();
            begun.setSoTimeout(10_000);
            String answer = new String(begun.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200").contains("validate " + BODY.length());
        }
        stopped.get();
    }

    private static boolean isClosed(int port) throws IOException {
        try (Socket accepted = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !accepted.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }
}
