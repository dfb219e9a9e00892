package dev.portcullis.history;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Where a search goes on, as a text that says nothing to whoever is given it. */
final class Cursor {
    private Cursor() {}

    static String write(long position) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(position).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What {@link #write} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    static long read(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != Long.BYTES) {
            throw new IllegalArgumentException("a cursor has " + Long.BYTES + " bytes");
        }
        return ByteBuffer.wrap(bytes).getLong();
    }
}
