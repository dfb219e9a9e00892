package dev.portcullis.history;

import dev.portcullis.check.Severity;
import dev.portcullis.policy.Mode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which decisions are asked for: those for which all of it holds.
 *
 * @param equal values that are written there exactly
 * @param severity of a finding that counts or has leave; null for any
 * @param mode of a finding that counts; null for any
 * @param from the first moment; null for the beginning
 * @param to the first moment that is not meant any more; null for no end
 * @param text occurs, in any case, in a name, a message or what was found; null for any
 */
public record Filter(
        Map<Field, String> equal,
        @Nullable Severity severity,
        @Nullable Mode mode,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String text) {
    /** Every decision. */
    public static final Filter ALL = new Filter(Map.of(), null, null, null, null, null);

    /** Keeps what it is given. */
    public Filter {
        equal = equal.isEmpty() ? Map.of() : new EnumMap<>(equal);
    }

    /** What can be asked for by its exact value, the most telling first: an index finds what the first of them says. */
    public enum Field {
        /** What tells a request from every other. */
        UID("uid", "uid", true),
        /** The name of the controller it belongs to in the end. */
        OWNER("owner", "owner_name", true),
        /** Who asked. */
        USER("user", "username", true),
        /** The namespace. */
        NAMESPACE("namespace", "namespace", true),
        /** A check that found something. */
        CHECK("check", "check_id", true),
        /** allow, warn or deny. */
        OUTCOME("outcome", "outcome", true),
        /** The name of what was asked for. */
        NAME("name", "name", false),
        /** The kind of what was asked for. */
        KIND("kind", "kind", false),
        /** The kind of the controller it belongs to in the end. */
        OWNER_KIND("ownerKind", "owner_kind", false),
        /** The cluster, or the machine of an engine. */
        CLUSTER("cluster", "cluster", false),
        /** admission, container or docker. */
        SOURCE("source", "source", false);

        private final String id;
        private final String column;
        private final boolean indexed;

        Field(String id, String column, boolean indexed) {
            this.id = id;
            this.column = column;
            this.indexed = indexed;
        }

        /** As a query names it. */
        public String id() {
            return id;
        }

        String column() {
            return column;
        }

        boolean indexed() {
            return indexed;
        }
    }
}
