package dev.portcullis.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a container engine runs every so often beside the server, to learn whether it lives. It is a program of its own,
 * without the command line and with nothing but a socket, since an image without a shell has no other, and since every
 * run starts a JVM.
 */
public final class Healthcheck {
    private static final int TIMEOUT = 3_000;
    private static final byte[] REQUEST =
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String GOOD = "HTTP/1.1 200";

    private Healthcheck() {}

    /** Ends with 0 when the server says that it lives, else with 1 and a sentence that {@code docker inspect} shows. */
    public static void main(String[] args) {
        String problem = problem(System.getenv("PORTCULLIS_MANAGEMENT_PORT"));
        if (problem != null) {
            System.err.println("portcullis: " + problem);
            System.exit(1);
        }
    }

    /**
     * What is wrong with the server whose management port on loopback this is.
     *
     * @param port as in the environment, null for the default
     * @return null when it lives
     */
    static @Nullable String problem(@Nullable String port) {
        try (Socket socket = new Socket()) {
            int number = port == null ? 9090 : Integer.parseInt(port);
            socket.setSoTimeout(TIMEOUT);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), TIMEOUT);
            socket.getOutputStream().write(REQUEST);
            InputStream answer = socket.getInputStream();
            String status = new String(answer.readNBytes(GOOD.length()), StandardCharsets.US_ASCII);
            return status.equals(GOOD) ? null : "/healthz answers " + status;
        } catch (IOException | IllegalArgumentException e) {
            return "/healthz does not answer: " + e.getMessage();
        }
    }
}
