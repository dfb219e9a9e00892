package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin that allows everything, and asks the engine for as much as Portcullis does: what is left is the engine's own time. */
final class AllowingPlugin implements AutoCloseable {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);

    private final ServerSocketChannel server;
    private final Path socket;
    private final Path engine;

    private AllowingPlugin(ServerSocketChannel server, Path socket, Path engine) {
        this.server = server;
        this.socket = socket;
        this.engine = engine;
    }

    static AllowingPlugin start(Path socket, Path engine) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Files.createDirectories(socket.getParent());
        server.bind(UnixDomainSocketAddress.of(socket));
        AllowingPlugin plugin = new AllowingPlugin(server, socket, engine);
        Thread.ofPlatform().daemon().start(plugin::accept);
        return plugin;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(channel));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            InputStream in = Channels.newInputStream(channel);
            for (String request = read(in); !request.isEmpty(); request = read(in)) {
                if (request.contains("AuthZReq") && request.contains("/containers/create")) {
                    lookUp();
                }
                String answer = request.contains("Activate") ? "{\"Implements\":[\"authz\"]}" : "{\"Allow\":true}";
                write(channel, "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n" + answer);
            }
        } catch (IOException gone) {
            return;
        }
    }

    private void lookUp() throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(engine))) {
            write(channel, "GET /images/app:1/json HTTP/1.0\r\nHost: docker\r\n\r\n");
            Channels.newInputStream(channel).readAllBytes();
        }
    }

    /** Empty where there is no other. */
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int matched = 0; matched < END_OF_HEAD.length; ) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == END_OF_HEAD[0] ? 1 : 0;
        }
        String said = head.toString(US_ASCII);
        int at = said.indexOf("Content-Length: ");
        int length =
                at < 0 ? 0 : Integer.parseInt(said.substring(at + "Content-Length: ".length(), said.indexOf('\r', at)));
        return said + new String(in.readNBytes(length), UTF_8);
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
