package dev.portcullis.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;

/** Writes a message's line and headers. Those that are about one connection are never copied from another. */
final class Head {
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "expect");

    private static final byte[] END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final StringBuilder text = new StringBuilder(512);

    private Head(String line) {
        text.append(line).append("\r\n");
    }

    static Head request(String method, String target) {
        return new Head(method + " " + target + " HTTP/1.1");
    }

    static Head answer(int status, String reason) {
        return new Head("HTTP/1.1 " + status + " " + reason);
    }

    /** Copies the headers that are about the message itself. */
    Head with(List<HttpField> fields) {
        for (HttpField field : fields) {
            if (!OF_ONE_CONNECTION.contains(field.getName().toLowerCase(Locale.ROOT))) {
                with(field.getName(), field.getValue() == null ? "" : field.getValue());
            }
        }
        return this;
    }

    Head with(String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** How long the body is, as the other side said it. */
    Head framed(long length) {
        return length < 0 ? with("Transfer-Encoding", "chunked") : with("Content-Length", Long.toString(length));
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A part of a body: as it is where its length was said before, else as one chunk. */
    static ByteBuffer[] part(ByteBuffer content, boolean chunked) {
        if (!chunked) {
            return new ByteBuffer[] {content};
        }
        byte[] size = (Integer.toHexString(content.remaining()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return new ByteBuffer[] {ByteBuffer.wrap(size), content, ByteBuffer.wrap(END)};
    }

    /** The end of a body in chunks. */
    static ByteBuffer lastChunk() {
        return ByteBuffer.wrap(LAST_CHUNK);
    }
}
