package dev.portcullis.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did at the console.
 *
 * @param action login, logout, refusal or change; {@value #LOST} where entries are missing
 * @param user as what they are known; null where nobody knows them
 * @param way by which they came: token or oidc; null where that is not known
 * @param address from which; null where that is not known
 * @param route what was asked of the console, such as {@code POST /api/v1/settings/test}; null but for changes
 * @param target the query of it, percent-encoded; null where it has none, or was not understood
 * @param result what became of it: a role, a reason, or the status of the answer
 */
public record AuditEntry(
        Instant at,
        String action,
        @Nullable String user,
        @Nullable String way,
        @Nullable String address,
        @Nullable String route,
        @Nullable String target,
        String result) {
    /** The action of those who were not let in or not let do something: anybody can cause it. */
    static final String REFUSAL = "refusal";

    /** The action of an entry that tells how many are missing. */
    public static final String LOST = "lost";

    /** That so many are missing, which was noticed then. */
    static AuditEntry lost(long count, Instant at) {
        return new AuditEntry(at, LOST, null, null, null, null, null, count + " entries are missing");
    }
}
