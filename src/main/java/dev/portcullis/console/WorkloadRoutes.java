package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.Outage;
import dev.portcullis.history.Scope;
import dev.portcullis.history.Seen;
import dev.portcullis.history.WorkloadFilter;
import dev.portcullis.history.WorkloadOrder;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** What runs, as the background scan last found it: workloads, how they stand as a whole, and what entered unseen. */
public final class WorkloadRoutes {
    private static final int MOST_ON_A_PAGE = 500;

    private final History history;
    private final Boards boards;

    /** Routes that ask this history. */
    public WorkloadRoutes(History history, Boards boards) {
        this.history = history;
        this.boards = boards;
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
                "board",
                "text",
                "sort",
                "limit",
                "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        WorkloadFilter filter = parameters.workloads(boards.within(parameters)).containing(parameters.searched("text"));
        WorkloadOrder order = parameters.workloadOrder();
        Seen seen = Asking.seen(history);
        Answer.asked(response, () -> seen.workloads(filter, order, parameters.text("cursor"), limit));
    }

    private void summary(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "cluster", "namespace", "board");
        Scope within = boards.within(parameters);
        Seen seen = Asking.seen(history);
        Answer.asked(response, () -> seen.summary(parameters.text("cluster"), parameters.text("namespace"), within));
    }

    private void outages(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        Seen seen = Asking.seen(history);
        Answer.asked(response, () -> new Outages(seen.outages()));
    }

    private record Outages(List<Outage> outages) {}
}
