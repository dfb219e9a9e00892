package dev.portcullis.console;

import dev.portcullis.history.Decision;
import dev.portcullis.history.Denial;
import dev.portcullis.history.Filter;
import dev.portcullis.history.History;
import dev.portcullis.history.Page;
import dev.portcullis.history.RecordedFinding;
import dev.portcullis.history.Seen;
import dev.portcullis.history.Sight;
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
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What was decided, asked for by filters: pages, exports, what is denied still, and what is decided now. */
public final class DecisionRoutes {
    private static final int TOO_MANY = 429;
    private static final int MOST_ON_A_PAGE = 500;
    private static final int EXPORTED_AT_ONCE = 500;
    private static final Csv<Decision> CSV = new Csv<>(List.of(
            new Csv.Column<>("seq", Decision::seq),
            new Csv.Column<>("time", Decision::at),
            new Csv.Column<>("source", Decision::source),
            new Csv.Column<>("outcome", Decision::outcome),
            new Csv.Column<>("cluster", Decision::cluster),
            new Csv.Column<>("namespace", Decision::namespace),
            new Csv.Column<>("kind", Decision::kind),
            new Csv.Column<>("name", Decision::name),
            new Csv.Column<>("ownerKind", Decision::ownerKind),
            new Csv.Column<>("owner", Decision::ownerName),
            new Csv.Column<>("operation", Decision::operation),
            new Csv.Column<>("user", Decision::username),
            new Csv.Column<>("checks", DecisionRoutes::checks),
            new Csv.Column<>("policies", Decision::policies),
            new Csv.Column<>("micros", Decision::micros),
            new Csv.Column<>("uid", Decision::uid),
            new Csv.Column<>("message", Decision::message)));
    private static final int MOST_FOLLOWERS = 50;
    private static final int FOLLOWED_BEHIND = 1_000;
    /** Then whoever follows asks again, and shows again who they are. */
    private static final Duration LONGEST_STREAM = Duration.ofMinutes(15);

    private static final long HEARTBEAT_SECONDS = 15;

    private final History history;
    private final Export<Decision> export = new Export<>("decisions", CSV);
    private final Semaphore followers = new Semaphore(MOST_FOLLOWERS);

    /** Routes that ask this history. */
    public DecisionRoutes(History history) {
        this.history = history;
    }

    /** The routes, for whoever may ask. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/decisions", this::page),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/decisions/export", this::export),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/decisions/stream", this::stream),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/denials", this::denials));
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), true, "limit", "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        Filter filter = parameters.filter();
        Seen seen = Asking.seen(history);
        Answer.asked(response, () -> seen.page(filter, parameters.text("cursor"), limit));
    }

    private static String checks(Decision decision) {
        return decision.findings().stream()
                .map(RecordedFinding::check)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private void export(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), true, "format");
        Filter filter = parameters.filter();
        Seen seen = Asking.seen(history);
        export.write(parameters.text("format"), response, cursor -> {
            Page page = Answer.to(() -> seen.page(filter, cursor, EXPORTED_AT_ONCE));
            return new Export.Part<>(page.decisions(), page.next());
        });
    }

    /** Server-sent events, one for each decision from now on; who reads too slowly is told how many it missed. */
    private void stream(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        Sight sight = Asking.sight();
        long end = System.nanoTime() + LONGEST_STREAM.toNanos();
        if (!followers.tryAcquire()) {
            throw new HttpError(TOO_MANY, MOST_FOLLOWERS + " are following already: try again in a while");
        }
        Following following = new Following(sight);
        try (History.Subscription _ = history.follow(following::tell)) {
            Export.begin(response, "text/event-stream; charset=utf-8");
            Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
            out.write(": decisions follow\n\n");
            out.flush();
            response.flushBuffer();
            while (System.nanoTime() < end) {
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
        private final Sight sight;
        private int missed;

        Following(Sight sight) {
            this.sight = sight;
        }

        synchronized void tell(Decision decision) {
            if (sight.sees(decision.namespace()) && !waiting.offer(decision)) {
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
        Seen seen = Asking.seen(history);
        Answer.asked(response, () -> new Denials(seen.denials(open, limit)));
    }

    private record Denials(List<Denial> denials) {}
}
