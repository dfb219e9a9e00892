package dev.portcullis.check;

/**
 * How a check that the Pod Security Standards know is read. {@link #BASELINE} and {@link #RESTRICTED} are Kubernetes'
 * own reading to the letter; {@link #HARDENED} never waives.
 */
public enum Level {
    BASELINE,
    RESTRICTED,
    HARDENED
}
