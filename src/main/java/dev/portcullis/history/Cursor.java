package dev.portcullis.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a search goes on, as a text that says nothing to whoever is given it. */
final class Cursor {
    private Cursor() {}

    static String write(long position) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(position).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The same of what rows are ordered by: texts and whole numbers. */
    static String ofKeys(List<Object> keys) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JsonMapper.shared().writeValueAsBytes(keys));
    }

    /**
     * What {@link #ofKeys} wrote of a row in an order; null for no cursor.
     *
     * @throws IllegalArgumentException where it is something else
     */
    static @Nullable List<Object> keys(@Nullable String text, Keyset order) {
        List<Object> keys = text == null ? null : keys(text);
        if (keys != null && !order.fits(keys)) {
            throw new IllegalArgumentException("a cursor of another order");
        }
        return keys;
    }

    /**
     * What {@link #ofKeys} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    static List<Object> keys(String text) {
        try {
            JsonNode read = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(text));
            if (!read.isArray()) {
                throw new IllegalArgumentException("no keys");
            }
            return read.valueStream()
                    .map(key -> key.isString() ? Kept.text(key.stringValue()) : (Object) key.longValue())
                    .toList();
        } catch (JacksonException none) {
            throw new IllegalArgumentException("no keys", none);
        }
    }

    /** The same of a name. */
    static String ofName(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What {@link #ofName} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    static String name(String text) {
        return Kept.text(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
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
