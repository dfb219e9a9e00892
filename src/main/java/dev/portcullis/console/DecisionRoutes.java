package dev.portcullis.console;

import dev.portcullis.history.Decision;
import dev.portcullis.history.Denial;
import dev.portcullis.history.Filter;
import dev.portcullis.history.History;
import dev.portcullis.history.Page;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What was decided, asked for by filters: pages, exports, what is denied still, trends, and what is decided now. */
public final class DecisionRoutes {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final int MOST_ON_A_PAGE = 500;
    private static final int EXPORTED_AT_ONCE = 500;
    private static final int MOST_EXPORTED = 1_000_000;
    private static final int MOST_EXPORTS = 4;
    private static final int MOST_FOLLOWERS = 50;
    private static final int FOLLOWED_BEHIND = 1_000;
    private static final Duration LONGEST_TREND = Duration.ofDays(92);
    private static final long HEARTBEAT_SECONDS = 15;

    private final History history;
    private final InstantSource clock;
    private final Semaphore exports = new Semaphore(MOST_EXPORTS);
    private final Semaphore followers = new Semaphore(MOST_FOLLOWERS);

    /** Routes that ask this history. */
    public DecisionRoutes(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** The routes, for whoever may ask. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/decisions", this::page),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/decisions/export", this::export),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/decisions/stream", this::stream),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/denials", this::denials),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/trends", this::trends));
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), true, "limit", "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        Filter filter = parameters.filter();
        Answer.json(response, () -> history.page(filter, parameters.text("cursor"), limit));
    }

    private Page exported(Filter filter, @Nullable String cursor) throws HttpError {
        return Answer.to(() -> history.page(filter, cursor, EXPORTED_AT_ONCE));
    }

    /** Page by page, so that neither the database nor the memory holds more than one. */
    private void export(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), true, "format");
        Filter filter = parameters.filter();
        String format = Objects.requireNonNullElse(parameters.text("format"), "json");
        if (!List.of("json", "csv").contains(format)) {
            throw new HttpError(BAD_REQUEST, "format must be json (one decision a line) or csv");
        }
        if (!exports.tryAcquire()) {
            throw new HttpError(TOO_MANY, MOST_EXPORTS + " exports are being made: try again in a while");
        }
        try {
            Page page = exported(filter, null);
            begin(response, format.equals("csv") ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson");
            response.setHeader("Content-Disposition", "attachment; filename=\"decisions." + format + "\"");
            try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
                write(filter, page, format.equals("csv"), out);
            }
        } finally {
            exports.release();
        }
    }

    private void write(Filter filter, Page first, boolean csv, Writer out) throws IOException {
        if (csv) {
            Csv.header(out);
        }
        int exported = 0;
        Page page = first;
        while (true) {
            for (Decision decision : page.decisions()) {
                if (csv) {
                    Csv.row(decision, out);
                } else {
                    out.append(Answer.JSON.writeValueAsString(decision)).append('\n');
                }
            }
            exported += page.decisions().size();
            if (page.next() == null || exported >= MOST_EXPORTED) {
                return;
            }
            try {
                page = exported(filter, page.next());
            } catch (HttpError away) {
                // Too late for a status: an answer that breaks off is seen to be no whole one.
                throw new IOException(away.sentence(), away);
            }
        }
    }

    private static void begin(HttpServletResponse response, String type) {
        response.setStatus(200);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /** Server-sent events, one for each decision from now on; who reads too slowly is told how many it missed. */
    private void stream(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        if (!followers.tryAcquire()) {
            throw new HttpError(TOO_MANY, MOST_FOLLOWERS + " are following already: try again in a while");
        }
        Following following = new Following();
        try (History.Subscription _ = history.follow(following::tell)) {
            begin(response, "text/event-stream; charset=utf-8");
            Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
            out.write(": decisions follow\n\n");
            out.flush();
            response.flushBuffer();
            while (true) {
                out.write(following.next());
                out.flush();
                response.flushBuffer();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            followers.release();
        }
    }

    private static final class Following {
        private final BlockingQueue<Decision> waiting = new ArrayBlockingQueue<>(FOLLOWED_BEHIND);
        private int missed;

        synchronized void tell(Decision decision) {
            if (!waiting.offer(decision)) {
                missed++;
            }
        }

        private synchronized int missed() {
            int count = missed;
            missed = 0;
            return count;
        }

        String next() throws InterruptedException {
            Decision decision = waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
            if (decision == null) {
                return ": nothing new\n\n";
            }
            int behind = missed();
            return (behind == 0 ? "" : "event: missed\ndata: " + behind + "\n\n") + "event: decision\nid: "
                    + decision.seq() + "\ndata: " + Answer.JSON.writeValueAsString(decision) + "\n\n";
        }
    }

    private void denials(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "open", "limit");
        int limit = parameters.number("limit", 100, 1, MOST_ON_A_PAGE);
        boolean open = parameters.flag("open");
        Answer.json(response, () -> new Denials(history.denials(open, limit)));
    }

    private record Denials(List<Denial> denials) {}

    private void trends(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "from", "to", "namespace", "cluster");
        Instant to = Objects.requireNonNullElseGet(parameters.time("to"), clock::instant);
        Instant from = Objects.requireNonNullElseGet(parameters.time("from"), () -> to.minus(Duration.ofDays(1)));
        if (from.isAfter(to) || Duration.between(from, to).compareTo(LONGEST_TREND) > 0) {
            throw new HttpError(BAD_REQUEST, "from must lie before to, by " + LONGEST_TREND.toDays() + " days at most");
        }
        Answer.json(response, () -> history.trend(from, to, parameters.text("cluster"), parameters.text("namespace")));
    }
}
