package dev.portcullis.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decisions that a gate hands over, as JSON, compressed (zlib, RFC 1950). What a newer gate says beside these is passed over.
 *
 * @param started since when the gate decides
 * @param lost how many decisions it could not hand over since its last batch
 * @param entries {@link #MOST_ENTRIES} at most, none where it only says that it lives
 * @param gate what it says of itself; null where it does not. Decisions count also where it cannot be read
 */
public record Batch(
        Instant started,
        long lost,
        List<Entry> entries,
        @Nullable JsonNode gate) {
    /** The most decisions of one. */
    public static final int MOST_ENTRIES = 500;

    /** The most that the decisions in one weigh; one alone may weigh more. */
    static final long MOST_WEIGHT = 8L << 20;

    /** Bytes of JSON that a decision's or a finding's names and sentences take where they are as long as they are kept. */
    private static final int LONG_DECISION = 8 << 10;

    private static final int LONG_FINDING = 2 << 10;

    /** Eight times the weight, as where each character is written as six and the body in base 64. */
    private static final int LONGEST = 64 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reads what was handed over. */
    public Batch {
        Objects.requireNonNull(started, "started is missing");
        entries = List.copyOf(Objects.requireNonNull(entries, "entries are missing"));
        if (entries.size() > MOST_ENTRIES || lost < 0) {
            throw new IllegalArgumentException(
                    "a batch has " + MOST_ENTRIES + " entries at most, and lost none or more");
        }
    }

    /** One of a gate that says how it does. */
    static Batch of(Instant started, long lost, List<Entry> entries, GateState gate) {
        return new Batch(started, lost, entries, JSON.valueToTree(gate));
    }

    /** What the gate says of itself; null where it says nothing that can be read. */
    @Nullable GateState state() {
        try {
            return gate == null ? null : JSON.treeToValue(gate, GateState.class);
        } catch (JacksonException | NullPointerException otherwise) {
            return null;
        }
    }

    /** Roughly how many bytes of JSON a decision takes at most, without looking at its texts. */
    static long weight(Entry entry) {
        byte[] body = entry.body();
        return LONG_DECISION + (long) LONG_FINDING * entry.findings().size() + (body == null ? 0 : body.length);
    }

    /** As it is sent. */
    byte[] pack() {
        return Packing.pack(JSON.valueToTree(this));
    }

    /**
     * Reads what was sent.
     *
     * @throws IllegalArgumentException where it is no batch
     */
    public static Batch unpack(byte[] sent) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(sent))) {
            byte[] json = in.readNBytes(LONGEST + 1);
            if (json.length > LONGEST) {
                throw new IllegalArgumentException("a batch has " + LONGEST + " bytes at most");
            }
            return JSON.readValue(json, Batch.class);
        } catch (IOException | JacksonException unreadable) {
            throw new IllegalArgumentException("no batch of decisions: " + Database.root(unreadable), unreadable);
        }
    }
}
