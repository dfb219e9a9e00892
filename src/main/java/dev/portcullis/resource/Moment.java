package dev.portcullis.resource;

import dev.portcullis.check.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads moments. */
final class Moment {
    private Moment() {}

    /** One; null where it is none, which is told. */
    static @Nullable Instant read(@Nullable Field field) {
        String text = field == null ? null : field.text();
        if (field == null || text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            field.refuse(Words.value(text) + " is no moment: write it as RFC 3339 does, such as 2027-03-01T00:00:00Z");
            return null;
        }
    }
}
