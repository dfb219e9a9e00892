package dev.portcullis.cel.functions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Text whose characters are the bytes of UTF-8, since that is what strings of Go are made of. */
final class ByteString {
    private ByteString() {}

    static String of(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** Bytes that are not UTF-8 become the replacement character. */
    static String toText(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }
}
