package dev.portcullis.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit are asked for: those for which all of it holds.
 *
 * @param user null for anybody
 * @param action null for any
 * @param from the first moment; null for the beginning
 * @param to the first moment that is not meant any more; null for no end
 */
public record AuditFilter(
        @Nullable String user,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** Every entry. */
    public static final AuditFilter ALL = new AuditFilter(null, null, null, null);
}
