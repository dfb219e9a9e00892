package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.ResultFilter;
import dev.portcullis.history.ResultOrder;
import dev.portcullis.history.ResultPage;
import dev.portcullis.history.Seen;
import dev.portcullis.history.WorkloadFilter;
import dev.portcullis.history.WorkloadSummary;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** What is found in a namespace or by a check, whole, as one HTML file without scripts, to be read, printed and kept. */
public final class ReportRoute {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final int AT_ONCE = 500;
    private static final int MOST_AT_ONCE = 4;

    private final History history;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /** A route that asks this history. */
    public ReportRoute(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** The route, for whoever may ask. */
    public HttpRoute route() {
        return new HttpRoute(Port.CONSOLE, "GET", "/api/v1/report", this::report);
    }

    private void report(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "cluster", "namespace", "check");
        WorkloadFilter filter = parameters.workloads();
        if (filter.namespace() == null && filter.check() == null) {
            throw new HttpError(BAD_REQUEST, "the query must have namespace or check: a report is of one of them");
        }
        Seen seen = Asking.seen(history);
        if (!places.tryAcquire()) {
            throw new HttpError(TOO_MANY, MOST_AT_ONCE + " reports are being made: try again in a while");
        }
        try {
            WorkloadSummary summary = Answer.to(() -> seen.summary(filter.cluster(), filter.namespace()));
            ResultFilter wanted = new ResultFilter(filter, false, null);
            ResultPage first = Answer.to(() -> seen.results(wanted, ResultOrder.WRITTEN, null, AT_ONCE));
            Export.begin(response, "text/html; charset=utf-8");
            response.setHeader("Content-Security-Policy", Report.POLICY);
            response.setHeader("Referrer-Policy", "no-referrer");
            response.setHeader("Content-Disposition", "inline; filename=\"report.html\"");
            try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
                new Report(filter, summary, clock.instant(), new Html(out)).write(first, next -> {
                    try {
                        return Answer.to(() -> seen.results(wanted, ResultOrder.WRITTEN, next, AT_ONCE));
                    } catch (HttpError away) {
                        // Too late for a status: an answer that breaks off is seen to be no whole one.
                        throw new IOException(away.sentence(), away);
                    }
                });
            }
        } finally {
            places.release();
        }
    }
}
