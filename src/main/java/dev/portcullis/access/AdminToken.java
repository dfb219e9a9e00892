package dev.portcullis.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** A token by which somebody may ask; made at the first start, and kept in a file for its owner alone or in a Secret. */
public final class AdminToken {
    private static final int BYTES = 32;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 4096;

    private final byte[] token;

    private AdminToken(byte[] token) {
        this.token = token;
    }

    /**
     * The token in a file, which is made where it is missing.
     *
     * @throws IOException where it cannot be read or made, or holds less than 20 characters
     */
    public static AdminToken in(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + " is too long for a token");
        }
        try {
            return of(Files.readString(file));
        } catch (IllegalArgumentException weak) {
            throw new IOException(file + " " + weak.getMessage() + ": remove it, and a new one is made", weak);
        }
    }

    /**
     * A token that is kept elsewhere.
     *
     * @throws IllegalArgumentException where it has less than 20 characters
     */
    public static AdminToken of(String text) {
        String token = text.strip();
        if (token.length() < SHORTEST) {
            throw new IllegalArgumentException("holds less than " + SHORTEST + " characters");
        }
        return new AdminToken(token.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes one that nobody can guess. */
    public static String make() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static void make(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // Never, for however short a time, readable by others.
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, (make() + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    /** Whether this is the token; the time it takes tells nothing of how much of it is right. */
    boolean is(String shown) {
        return MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
    }
}
