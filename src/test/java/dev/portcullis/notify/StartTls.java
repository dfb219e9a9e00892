package dev.portcullis.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Stands before a mail server, and lets nobody speak to it without STARTTLS. */
final class StartTls implements AutoCloseable {
    private final ServerSocket server;
    private final SSLContext context;
    private final int behind;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** @param behind the port of the mail server on loopback */
    StartTls(SSLContext context, int behind) throws IOException {
        this.context = context;
        this.behind = behind;
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The commands that were spoken without TLS. */
    List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            plain.setSoTimeout(20_000);
            say(plain, "220 front");
            // Its buffer is empty when TLS begins: a client waits for the answer.
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(plain.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                heard.add(command);
                switch (command) {
                    case "EHLO" -> say(plain, "250-front\r\n250 STARTTLS");
                    case "STARTTLS" -> {
                        say(plain, "220 go ahead");
                        speak(plain);
                        return;
                    }
                    default -> say(plain, "530 5.7.0 Must issue a STARTTLS command first");
                }
            }
        } catch (IOException refused) {
            // The client's side of it is what a test looks at.
        }
    }

    private void speak(Socket plain) throws IOException {
        SSLSocket wrapped = (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        wrapped.setUseClientMode(false);
        wrapped.startHandshake();
        try (wrapped;
                Socket mail = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            new BufferedReader(new InputStreamReader(mail.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            Thread answers = Thread.ofVirtual().start(() -> copy(mail, wrapped));
            copy(wrapped, mail);
            mail.shutdownOutput();
            answers.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException ended) {
            // Either side may hang up.
        }
    }

    private static void say(Socket socket, String line) throws SocketException, IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
