package dev.portcullis.history;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A decision as a row of the log.
 *
 * @param seq its number, without gaps in the order in which rows are appended
 * @param position its place in time; see {@link Position}
 * @param findings JSON
 */
@SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
record Row(
        long seq,
        long position,
        String source,
        String uid,
        String outcome,
        String cluster,
        String operation,
        @Nullable String username,
        @Nullable String kind,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String ownerKind,
        @Nullable String ownerName,
        @Nullable String policies,
        long micros,
        String message,
        String findings,
        byte @Nullable [] bodyHash) {
    /** Numbers, hashes, indexes and names of kinds. */
    private static final int FIXED_BYTES = 200;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<RecordedFinding>> FINDINGS = new TypeReference<>() {};

    static Row of(Entry entry, long seq) {
        Entry.Subject subject = entry.subject();
        return new Row(
                seq,
                Position.of(entry.at(), seq),
                entry.source().id(),
                entry.uid(),
                entry.outcome().id(),
                entry.cluster(),
                entry.operation(),
                entry.username(),
                subject == null ? null : subject.kind(),
                subject == null ? null : subject.namespace(),
                subject == null ? null : subject.name(),
                subject == null ? null : subject.ownerKind(),
                subject == null ? null : subject.ownerName(),
                entry.policies(),
                entry.took().toNanos() / 1_000,
                entry.message(),
                JSON.writeValueAsString(entry.findings()),
                Chain.ofBody(entry.body()));
    }

    /** What is told of it. */
    Decision decision() {
        return new Decision(
                seq,
                Position.at(position),
                source,
                uid,
                outcome,
                cluster,
                operation,
                username,
                kind,
                namespace,
                name,
                ownerKind,
                ownerName,
                policies,
                micros,
                message,
                JSON.readValue(findings, FINDINGS));
    }

    /** Bytes that it takes, about. */
    int bytes() {
        return bytes(findings, message, uid, username, name);
    }

    /** The same of a row of which only so much was read. */
    static int bytes(String findings, String message, String uid, @Nullable String username, @Nullable String name) {
        return FIXED_BYTES + findings.length() + message.length() + uid.length() + length(username) + 2 * length(name);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
