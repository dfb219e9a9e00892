package dev.portcullis.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision as the history keeps it.
 *
 * @param uid what tells it from every other of its source
 * @param at when it was made, to the millisecond
 * @param operation CREATE, UPDATE, CONNECT, or a Docker engine's method and path
 * @param username null where nobody says who asked
 * @param subject null where the request could not be read that far
 * @param policies the version of the policies that decided; null where none did
 * @param message why it could not be judged; empty where it was
 * @param body what was asked, as it can be judged again; null where it is not kept
 */
@SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
public record Entry(
        Source source,
        String uid,
        Instant at,
        Outcome outcome,
        String cluster,
        String operation,
        @Nullable String username,
        @Nullable Subject subject,
        @Nullable String policies,
        Duration took,
        String message,
        List<RecordedFinding> findings,
        byte @Nullable [] body) {
    /** The most findings that are kept of one decision. */
    public static final int MOST_FINDINGS = 100;

    /** An index of PostgreSQL takes 2,704 bytes, and a character has up to three. */
    private static final int LONGEST_USERNAME = 512;

    /** Cuts what is longer than the history keeps. */
    public Entry {
        uid = Kept.text(uid, 128);
        cluster = Kept.text(cluster);
        operation = Kept.text(operation, 64);
        username = username == null ? null : Kept.text(username, LONGEST_USERNAME);
        policies = policies == null ? null : Kept.text(policies, 1024);
        message = Kept.text(message, 2048);
        findings = findings.size() <= MOST_FINDINGS ? List.copyOf(findings) : findings.subList(0, MOST_FINDINGS);
        at = Instant.ofEpochMilli(at.toEpochMilli());
    }

    /**
     * What was decided about.
     *
     * @param name null where it is still to be generated
     * @param ownerKind the kind of the controller that it belongs to in the end; its own where there is none
     * @param ownerName null where it is still to be generated
     */
    public record Subject(
            String kind,
            @Nullable String namespace,
            @Nullable String name,
            String ownerKind,
            @Nullable String ownerName) {
        /** Cuts what is longer than the history keeps. */
        public Subject {
            kind = Kept.text(kind);
            namespace = Kept.textOrNull(namespace);
            name = Kept.textOrNull(name);
            ownerKind = Kept.text(ownerKind);
            ownerName = Kept.textOrNull(ownerName);
        }
    }

    /** The same decision of the same source, whatever else it says. */
    boolean repeats(Entry other) {
        return source == other.source && Objects.equals(uid, other.uid);
    }
}
