package dev.portcullis.cluster;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Texts and trees as a number that others have by chance alone, for comparing without keeping them. Equal trees have the same,
 * whatever order their members have: lists have that of the API server, watches another.
 */
public final class Fingerprint {
    private static final int BUFFER = 1 << 10;

    private final MessageDigest digest;
    private final String without;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    private Fingerprint(String without) {
        this.without = without;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** That of several texts in their order. */
    public static long of(String... texts) {
        Fingerprint fingerprint = new Fingerprint("");
        for (String text : texts) {
            fingerprint.add('t', text);
        }
        return fingerprint.number();
    }

    /**
     * That of several trees in their order.
     *
     * @param without the name of members that do not count, wherever they are
     */
    public static long of(String without, JsonNode... trees) {
        Fingerprint fingerprint = new Fingerprint(without);
        for (JsonNode tree : trees) {
            fingerprint.add(tree);
        }
        return fingerprint.number();
    }

    private void add(JsonNode node) {
        switch (node) {
            case ObjectNode object -> add(object);
            case ArrayNode array -> {
                add('[', array.size());
                array.forEach(this::add);
            }
            default -> add(node.isString() ? 't' : 'v', node.asString());
        }
    }

    @SuppressWarnings("unchecked")
    private void add(ObjectNode object) {
        Map.Entry<String, JsonNode>[] members = object.properties().toArray(Map.Entry[]::new);
        Arrays.sort(members, Map.Entry.comparingByKey());
        add('{', 0);
        for (Map.Entry<String, JsonNode> member : members) {
            if (!member.getKey().equals(without)) {
                add('m', member.getKey());
                add(member.getValue());
            }
        }
        add('}', 0);
    }

    /** With its length, so that no two texts can be read as others. */
    private void add(char kind, String text) {
        add(kind, text.length());
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    private void add(char kind, int number) {
        add(kind);
        add((char) (number >>> Character.SIZE));
        add((char) number);
    }

    private void add(char unit) {
        if (filled == BUFFER) {
            digest.update(buffer);
            filled = 0;
        }
        buffer[filled++] = (byte) (unit >>> Byte.SIZE);
        buffer[filled++] = (byte) unit;
    }

    private long number() {
        digest.update(buffer, 0, filled);
        byte[] bytes = digest.digest();
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << Byte.SIZE | (bytes[i] & 0xff);
        }
        return number;
    }
}
