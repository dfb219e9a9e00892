package dev.portcullis.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What a program shows with every request. */
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    /** Null where the request shows none: then a session may tell who asks. */
    static @Nullable ShownToken of(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header == null || !isBearer(header)
                ? null
                : new ShownToken(header.substring(SCHEME.length()).strip(), request.getRemoteAddr(), false);
    }

    static boolean isShown(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && isBearer(header);
    }

    private static boolean isBearer(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }
}
