package dev.portcullis.history;

import java.time.Instant;

/**
 * A gate.
 *
 * @param state what it last said of itself
 * @param started since when it decides
 * @param heard when it last said anything
 */
public record Gate(GateState state, Instant started, Instant heard) {}
