package dev.portcullis.admission;

/**
 * A request that could not be judged.
 *
 * @param code the answer's status code: 400, 408, 413, 429, 500
 * @param message why
 */
public record Refused(Route route, String uid, int code, String message) {}
