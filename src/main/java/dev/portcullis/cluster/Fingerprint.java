package dev.portcullis.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Texts as a number that others have by chance alone, for comparing without keeping them. */
public final class Fingerprint {
    private Fingerprint() {}

    /** That of several texts in their order. */
    public static long of(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            byte[] bytes = digest.digest();
            long number = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                number = number << Byte.SIZE | (bytes[i] & 0xff);
            }
            return number;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A tree as a text that equal trees have in common, whatever order their members have: lists have that of the API server,
     * watches another.
     *
     * @param without the name of members that do not count, wherever they are
     */
    public static String canonical(JsonNode tree, String without) {
        StringBuilder text = new StringBuilder();
        write(tree, without, text);
        return text.toString();
    }

    private static void write(JsonNode node, String without, StringBuilder text) {
        switch (node) {
            case ObjectNode object -> {
                TreeMap<String, JsonNode> sorted = new TreeMap<>();
                object.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
                sorted.remove(without);
                text.append('{');
                sorted.forEach((name, value) -> {
                    text.append(name).append(':');
                    write(value, without, text);
                    text.append(',');
                });
                text.append('}');
            }
            case ArrayNode array -> {
                text.append('[');
                for (JsonNode element : array) {
                    write(element, without, text);
                    text.append(',');
                }
                text.append(']');
            }
            default -> text.append(node);
        }
    }
}
