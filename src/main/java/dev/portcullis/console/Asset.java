package dev.portcullis.console;

import dev.portcullis.http.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file that a browser gets, plain and compressed. */
final class Asset {
    private static final int NOT_MODIFIED = 304;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");
    /** Nothing from another host, nothing that stands in the page itself, and no page around this one. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private final byte[] plain;
    private final byte[] compressed;
    private final String type;

    Asset(String name, byte[] content) {
        this.plain = content.clone();
        this.compressed = compress(content);
        this.type = typeOf(name);
    }

    private static String typeOf(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException(name + " is of no kind that pages have");
        }
        return type;
    }

    private static byte[] compress(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    String text() {
        return new String(plain, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return plain.clone();
    }

    /** Under a path that changes with its content, and so may be kept for ever. */
    Endpoint forever() {
        return (request, response) -> {
            response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
            send(request, response);
        };
    }

    /**
     * Under a path that stays: asked for each time, and sent again only where it has changed.
     *
     * @param tag says what is in it
     */
    Endpoint revalidated(String tag) {
        String quoted = '"' + tag + '"';
        return (request, response) -> {
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("ETag", quoted);
            if (names(request.getHeader("If-None-Match"), quoted)) {
                secure(response);
                response.setStatus(NOT_MODIFIED);
            } else {
                send(request, response);
            }
        };
    }

    private static boolean names(@Nullable String tags, String tag) {
        return tags != null
                && Arrays.stream(tags.split(",", 20))
                        .map(String::strip)
                        .anyMatch(each -> each.equals(tag) || each.equals("W/" + tag));
    }

    private void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        secure(response);
        response.setStatus(200);
        response.setContentType(type);
        response.setHeader("Vary", "Accept-Encoding");
        byte[] body = plain;
        if (takesGzip(request.getHeader("Accept-Encoding"))) {
            response.setHeader("Content-Encoding", "gzip");
            body = compressed;
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean takesGzip(@Nullable String accepted) {
        return accepted != null
                && Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(",", 20))
                        .map(coding -> coding.replace(" ", ""))
                        .anyMatch(coding -> coding.equals("gzip")
                                || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
    }

    private static void secure(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
