package dev.portcullis.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The chain over the log: the hash of a row is SHA-256 over the hash of the row before it and what the row says, each value
 * with its length before it, so that no two rows say the same.
 */
final class Chain {
    /** The hash before the first row. */
    static final byte[] BEGINNING = new byte[32];

    private static final int ABSENT = -1;

    private Chain() {}

    /** The hash of a row that follows another. */
    static byte[] next(byte[] before, Row row) {
        MessageDigest digest = sha256();
        digest.update(before);
        add(digest, row.seq());
        add(digest, row.position());
        add(digest, row.source());
        add(digest, row.uid());
        add(digest, row.outcome());
        add(digest, row.cluster());
        add(digest, row.operation());
        add(digest, row.username());
        add(digest, row.kind());
        add(digest, row.namespace());
        add(digest, row.name());
        add(digest, row.ownerKind());
        add(digest, row.ownerName());
        add(digest, row.policies());
        add(digest, row.micros());
        add(digest, row.message());
        add(digest, row.findings());
        add(digest, row.bodyHash());
        return digest.digest();
    }

    /** The hash of a body as it is stored. */
    static byte @Nullable [] ofBody(byte @Nullable [] body) {
        return body == null ? null : sha256().digest(body);
    }

    private static void add(MessageDigest digest, long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
    }

    private static void add(MessageDigest digest, @Nullable String value) {
        add(digest, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(MessageDigest digest, byte @Nullable [] value) {
        int length = value == null ? ABSENT : value.length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        if (value != null) {
            digest.update(value);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
