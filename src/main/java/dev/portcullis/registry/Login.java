package dev.portcullis.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** A user of a registry. */
record Login(String user, String password) {
    /** The value of an {@code Authorization} header. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
