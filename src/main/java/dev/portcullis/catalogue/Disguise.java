package dev.portcullis.catalogue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands in for values of variables that may be secrets: tells nothing of them, and is judged as they are. */
public final class Disguise {
    private static final String UNKNOWN = "(masked)";
    private static final String PATH = "/masked/path";
    private static final String REFERENCE = "$(MASKED)";

    /** One for each kind of secret that {@link SecretValue} sees. */
    private static final Map<String, String> SECRETS = Map.of(
            "a private key", "-----BEGIN PRIVATE KEY-----",
            "an AWS access key", "AKIA" + "0".repeat(16),
            "a GitHub token", "ghp_" + "0".repeat(36),
            "a GitLab token", "glpat-" + "0".repeat(20),
            "a Slack token", "xoxb-" + "0".repeat(10),
            "a Stripe key", "sk_live_" + "0".repeat(16),
            "a JSON Web Token", "eyJ" + "0".repeat(8) + ".eyJ" + "0".repeat(4) + "." + "0".repeat(8),
            "a password", "password=masked");

    private Disguise() {}

    /** What stands in for the value of a variable. */
    public static String of(String value) {
        String secret = ofSecret(value);
        if (secret != null) {
            return secret;
        }
        if (value.isEmpty() || SecretValue.isSwitch(value)) {
            return value;
        }
        if (SecretValue.isReference(value)) {
            return REFERENCE;
        }
        return SecretValue.isHarmless(value) ? PATH : UNKNOWN;
    }

    /** What stands in for any text that is seen to hold a secret; null where none is seen. */
    public static @Nullable String ofSecret(String text) {
        String kind = SecretValue.kind(text);
        return kind == null ? null : SECRETS.getOrDefault(kind, UNKNOWN);
    }
}
