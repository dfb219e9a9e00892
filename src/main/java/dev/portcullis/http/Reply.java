package dev.portcullis.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes whole answers, so that each carries its length and the connection can be used again. */
public final class Reply {
    private Reply() {}

    /** Writes {@code body} as {@code application/json}, which is UTF-8. */
    public static void json(HttpServletResponse response, int status, byte[] body) throws IOException {
        send(response, status, "application/json", body);
    }

    /** Writes {@code body} under a content type. */
    public static void send(HttpServletResponse response, int status, String contentType, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
