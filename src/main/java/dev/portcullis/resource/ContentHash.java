package dev.portcullis.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A text that resources of the same content have in common, in whatever order they come and keep their members. */
public final class ContentHash {
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final int BYTES_SHOWN = 8;

    private final TreeSet<String> contents = new TreeSet<>();

    /** Adds a resource: its kind, name and spec. */
    public void add(JsonNode resource) {
        JsonNode metadata = resource.path("metadata");
        contents.add(String.join(
                "\0",
                resource.path("kind").stringValue(""),
                metadata.path("namespace").stringValue(""),
                metadata.path("name").stringValue(""),
                sorted(resource.path("spec"))));
    }

    private static String sorted(JsonNode spec) {
        return SORTED.writeValueAsString(SORTED.treeToValue(spec, Object.class));
    }

    /** Sixteen hexadecimal digits. */
    public String text() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String content : contents) {
                digest.update(content.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 1);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES_SHOWN);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
