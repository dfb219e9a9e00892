package dev.portcullis.scan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.databind.JsonNode;

/** What of an object verdicts depend on, as a number that another content has by chance alone. */
final class Content {
    private Content() {}

    static long of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return of(
                metadata.path("labels").toString(),
                metadata.path("annotations").toString(),
                metadata.path("ownerReferences").toString(),
                object.path("spec").toString());
    }

    static long of(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
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
}
