package dev.portcullis.history;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.OptionalLong;

/** Where a search goes on, as a text that says nothing to whoever is given it. */
final class Cursor {
    private Cursor() {}

    static String write(long position) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(position).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty where the text is no cursor. */
    static OptionalLong read(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == Long.BYTES
                    ? OptionalLong.of(ByteBuffer.wrap(bytes).getLong())
                    : OptionalLong.empty();
        } catch (IllegalArgumentException none) {
            return OptionalLong.empty();
        }
    }
}
