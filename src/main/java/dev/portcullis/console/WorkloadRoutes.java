package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Outage;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What runs, as the background scan last found it: workloads, how they stand as a whole, and what entered unseen. */
public final class WorkloadRoutes {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_ON_A_PAGE = 500;

    private final History history;

    /** Routes that ask this history. */
    public WorkloadRoutes(History history) {
        this.history = history;
    }

    /** The routes, for whoever may ask. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/workloads", this::workloads),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/summary", this::summary),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/outages", this::outages));
    }

    private void workloads(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(
                request.getQueryString(),
                false,
                "cluster",
                "namespace",
                "kind",
                "name",
                "check",
                "severity",
                "mode",
                "limit",
                "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        answer(response, () -> history.workloads(parameters.workloads(), parameters.text("cursor"), limit));
    }

    private void summary(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "cluster", "namespace");
        answer(response, () -> history.summary(parameters.text("cluster"), parameters.text("namespace")));
    }

    private void outages(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        answer(response, () -> new Outages(history.outages()));
    }

    private record Outages(List<Outage> outages) {}

    /** What is asked of the history. */
    @FunctionalInterface
    private interface Question {
        Object answer() throws HistoryUnavailableException, HttpError;
    }

    private static void answer(HttpServletResponse response, Question question) throws HttpError, IOException {
        try {
            Reply.json(response, 200, JSON.writeValueAsBytes(question.answer()));
        } catch (IllegalArgumentException none) {
            throw new HttpError(400, "cursor must be the next of a page before, or absent");
        } catch (HistoryUnavailableException away) {
            throw new HttpError(503, away.sentence());
        }
    }
}
