package dev.portcullis.console;

import dev.portcullis.http.HttpError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Everything that a list has, page by page, so that neither the database nor the memory holds more than one. */
final class Export<T> {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final int MOST_ROWS = 1_000_000;
    private static final int MOST_AT_ONCE = 4;

    private final String name;
    private final Csv<T> csv;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /**
     * An export.
     *
     * @param name of the file
     */
    Export(String name, Csv<T> csv) {
        this.name = name;
        this.csv = csv;
    }

    /** Some of it. */
    record Part<T>(List<T> rows, @Nullable String next) {}

    /** Reads the part to which a cursor leads; null for the first. */
    @FunctionalInterface
    interface Parts<T> {
        Part<T> after(@Nullable String cursor) throws HttpError;
    }

    /**
     * Writes it.
     *
     * @param format json (one row a line) or csv; null for json
     */
    void write(@Nullable String format, HttpServletResponse response, Parts<T> parts) throws HttpError, IOException {
        String form = Objects.requireNonNullElse(format, "json");
        if (!List.of("json", "csv").contains(form)) {
            throw new HttpError(BAD_REQUEST, "format must be json (one row a line) or csv");
        }
        if (!places.tryAcquire()) {
            throw new HttpError(TOO_MANY, MOST_AT_ONCE + " exports are being made: try again in a while");
        }
        try {
            Part<T> first = parts.after(null);
            boolean asCsv = form.equals("csv");
            begin(response, asCsv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson");
            response.setHeader(
                    "Content-Disposition", "attachment; filename=\"" + name + (asCsv ? ".csv" : ".ndjson") + "\"");
            try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
                write(first, parts, asCsv, out);
            }
        } finally {
            places.release();
        }
    }

    private void write(Part<T> first, Parts<T> parts, boolean asCsv, Writer out) throws IOException {
        if (asCsv) {
            csv.header(out);
        }
        int written = 0;
        Part<T> part = first;
        while (true) {
            for (T row : part.rows()) {
                if (asCsv) {
                    csv.row(row, out);
                } else {
                    out.append(Answer.JSON.writeValueAsString(row)).append('\n');
                }
            }
            written += part.rows().size();
            if (part.next() == null || written >= MOST_ROWS) {
                return;
            }
            try {
                part = parts.after(part.next());
            } catch (HttpError away) {
                // Too late for a status: an answer that breaks off is seen to be no whole one.
                throw new IOException(away.sentence(), away);
            }
        }
    }

    /** Begins an answer of unknown length. */
    static void begin(HttpServletResponse response, String type) {
        response.setStatus(200);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }
}
