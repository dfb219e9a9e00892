package dev.portcullis.testing;

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
public final class RawSocket implements AutoCloseable {
    private final SocketChannel channel;

    /** One end of a connection that is there. */
    public RawSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to a unix socket. */
    public static RawSocket connect(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new RawSocket(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text with LF for the CR LF of HTTP's lines. */
    public RawSocket sendLines(String text) {
        return send(text.replace("\n", "\r\n"));
    }

    /** Sends characters of ISO 8859-1 as they are. */
    public RawSocket send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawSocket send(byte[] bytes) {
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

    /** Sends no more; may still read. */
    public RawSocket endOutput() {
        try {
            channel.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads up to and with a text; fails where the other side ends before. */
    public String readThrough(String end) {
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
    public String readHead() {
        return readThrough("\r\n\r\n");
    }

    /** Reads so many bytes; fails where the other side ends before. */
    public String read(int count) {
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
    public String readAll() {
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

    /** Reads what there is into a buffer; -1 at the end. */
    public int read(ByteBuffer buffer) {
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
