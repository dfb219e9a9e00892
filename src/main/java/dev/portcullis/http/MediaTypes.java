package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request says its body is. */
public final class MediaTypes {
    private MediaTypes() {}

    /**
     * Accepts {@code application/json}, with any parameters.
     *
     * @throws HttpError 415 for anything else
     */
    public static void requireJson(HttpServletRequest request) throws HttpError {
        String type = request.getContentType();
        if (type == null || !essence(type).equals("application/json")) {
            throw new HttpError(415, "send the body as Content-Type: application/json");
        }
    }

    /**
     * Accepts a body as it is.
     *
     * @throws HttpError 415 for any Content-Encoding but identity
     */
    public static void requireUncompressed(HttpServletRequest request) throws HttpError {
        @Nullable String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new HttpError(415, "send the body uncompressed, without Content-Encoding");
        }
    }

    private static String essence(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
