package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Writes one answer.
     *
     * @throws HttpError to answer with an HTTP error instead
     * @throws IOException when the connection fails; the client gets nothing
     */
    void handle(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException;
}
