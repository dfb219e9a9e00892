package dev.portcullis.workload;

/**
 * A port that a container says it listens on.
 *
 * @param number from 0 to 65535 where the platform takes it
 * @param protocol in lower case, {@code tcp} where nothing is said
 */
public record Port(long number, String protocol) {
    /** What a port is of where nothing is said. */
    public static final String TCP = "tcp";
}
