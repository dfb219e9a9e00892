package dev.portcullis.proxy;

import java.time.Duration;

/**
 * What one proxy holds at most, and how long it waits. Streams (logs, attach, events) may be silent for ever, as the
 * engine's own may; the number of connections bounds them.
 *
 * @param connections of clients at once; each has another one to the engine while it has a request
 * @param headBytes of a request's or an answer's line and headers
 * @param targetBytes of the request line's path and query
 * @param bodyBytes of a body that is judged, or of an answer that takes warnings
 * @param heldBytes of all of these at once
 * @param head from a request's first byte to the end of its headers
 * @param body for a body that is judged
 * @param idle between two requests of one connection
 * @param linger for the client to take the last answer of a connection, or to end its half
 * @param stop for requests in progress once the proxy is to stop
 */
public record ProxyLimits(
        int connections,
        int headBytes,
        int targetBytes,
        int bodyBytes,
        long heldBytes,
        Duration head,
        Duration body,
        Duration idle,
        Duration linger,
        Duration stop) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Those of the command line. */
    public static final ProxyLimits DEFAULT = new ProxyLimits(
            512,
            64 * KIB,
            32 * KIB,
            4 * MIB,
            64 * MIB,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
}
