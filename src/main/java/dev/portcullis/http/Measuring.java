package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;

/** Puts around what is measured of a request what it belongs to, such as its trace. */
@FunctionalInterface
public interface Measuring {
    /** Around nothing. */
    Measuring PLAIN = (_, measured) -> measured.run();

    /** Runs it, once. */
    void of(HttpServletRequest request, Runnable measured);
}
