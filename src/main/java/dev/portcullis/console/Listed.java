package dev.portcullis.console;

import dev.portcullis.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of what is in memory, in the order of its keys.
 *
 * @param next the cursor of the next page; null on the last one
 */
record Listed<T>(List<T> rows, @Nullable String next) {
    private static final int BAD_REQUEST = 400;

    /**
     * A page.
     *
     * @param key what no two rows have alike
     * @param cursor the next of the page before; null for the first
     */
    static <T> Listed<T> page(List<T> all, Function<T, String> key, @Nullable String cursor, int limit)
            throws HttpError {
        String after = cursor == null ? null : decoded(cursor);
        List<T> rows = all.stream()
                .filter(row -> after == null || key.apply(row).compareTo(after) > 0)
                .sorted(Comparator.comparing(key))
                .limit(limit + 1L)
                .toList();
        if (rows.size() <= limit) {
            return new Listed<>(rows, null);
        }
        byte[] last = key.apply(rows.get(limit - 1)).getBytes(StandardCharsets.UTF_8);
        return new Listed<>(
                rows.subList(0, limit), Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }

    private static String decoded(String cursor) throws HttpError {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException none) {
            throw new HttpError(BAD_REQUEST, Answer.CURSOR);
        }
    }
}
