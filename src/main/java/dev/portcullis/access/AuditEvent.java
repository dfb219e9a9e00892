package dev.portcullis.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did at the console, as it may be printed; it holds nothing secret.
 *
 * @param name null where nobody knows who it was
 * @param way by which they came: token or oidc
 * @param address from which
 * @param route what was asked, such as {@code POST /api/v1/settings/test}; null but for changes
 * @param target the query of it, percent-encoded; null where it has none, or was not understood: it may then be anything
 * @param result what became of it: the role of a login, the reason of a refusal, or the status of an answer; empty for a logout
 */
public record AuditEvent(
        Action action,
        @Nullable String name,
        String way,
        String address,
        @Nullable String route,
        @Nullable String target,
        String result) {
    /** What was done. */
    public enum Action {
        /** A session began. */
        LOGIN,
        /** Somebody ended theirs. */
        LOGOUT,
        /** Somebody was not let in. */
        REFUSAL,
        /** Somebody changed something, or tried to. */
        CHANGE;

        /** As it is written. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
