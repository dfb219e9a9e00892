package dev.portcullis.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A side that knows no HTTP: says what a test wants it to, and reads what comes, byte by byte. */
final class RawSocket implements AutoCloseable {
    private final SocketChannel channel;

    RawSocket(SocketChannel channel) {
        this.channel = channel;
    }

    static RawSocket connect(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new RawSocket(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text with LF for the CR LF of HTTP's lines. */
    RawSocket sendLines(String text) {
        return send(text.replace("\n", "\r\n"));
    }

    RawSocket send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawSocket send(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawSocket endOutput() {
        try {
            channel.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads up to and with a text; fails where the other side ends before. */
    String readThrough(String end) {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int octet = read();
            if (octet < 0) {
                throw new AssertionError("ended before " + end + ", after: " + text);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    /** Reads a message's line and headers. */
    String readHead() {
        return readThrough("\r\n\r\n");
    }

    String read(int count) {
        StringBuilder text = new StringBuilder();
        while (text.length() < count) {
            int octet = read();
            if (octet < 0) {
                throw new AssertionError("ended after: " + text);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    /** Reads until the other side ends. */
    String readAll() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int octet = read(); octet >= 0; octet = read()) {
            all.write(octet);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** A byte, -1 where the other side has ended, in whatever manner. */
    private int read() {
        try {
            ByteBuffer one = ByteBuffer.allocate(1);
            return channel.read(one) < 0 ? -1 : one.get(0) & 0xff;
        } catch (IOException reset) {
            return -1;
        }
    }

    int read(ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
