package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.ResultFilter;
import dev.portcullis.history.ResultOrder;
import dev.portcullis.history.ResultPage;
import dev.portcullis.history.Seen;
import dev.portcullis.history.WorkloadResult;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What is found of what runs, one finding a row: pages and exports. */
public final class ResultRoutes {
    private static final int MOST_ON_A_PAGE = 500;
    private static final int EXPORTED_AT_ONCE = 500;
    private static final List<String> FILTERS = List.of(
            "cluster",
            "namespace",
            "kind",
            "name",
            "check",
            "severity",
            "mode",
            "exempt",
            "text",
            "workload",
            "board",
            "sort");

    private static final Csv<WorkloadResult> CSV = new Csv<>(List.of(
            new Csv.Column<>("cluster", WorkloadResult::cluster),
            new Csv.Column<>("namespace", WorkloadResult::namespace),
            new Csv.Column<>("kind", WorkloadResult::kind),
            new Csv.Column<>("name", WorkloadResult::name),
            new Csv.Column<>("container", WorkloadResult::container),
            new Csv.Column<>("check", WorkloadResult::check),
            new Csv.Column<>("result", WorkloadResult::result),
            new Csv.Column<>("severity", WorkloadResult::severity),
            new Csv.Column<>("mode", WorkloadResult::mode),
            new Csv.Column<>("policy", WorkloadResult::policy),
            new Csv.Column<>("field", WorkloadResult::field),
            new Csv.Column<>("value", WorkloadResult::value),
            new Csv.Column<>("message", WorkloadResult::message),
            new Csv.Column<>("fix", WorkloadResult::fix),
            new Csv.Column<>("exemption", WorkloadResult::exemption),
            new Csv.Column<>("since", WorkloadResult::since),
            new Csv.Column<>("judgedAt", WorkloadResult::judgedAt),
            new Csv.Column<>("changedAt", WorkloadResult::changedAt)));

    private final History history;
    private final Boards boards;
    private final Export<WorkloadResult> export = new Export<>("results", CSV);

    /** Routes that ask this history. */
    public ResultRoutes(History history, Boards boards) {
        this.history = history;
        this.boards = boards;
    }

    /** The routes, for whoever may ask. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/results", this::page),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/results/export", this::export));
    }

    private static Parameters parameters(HttpServletRequest request, String... others) throws HttpError {
        return Parameters.of(
                request.getQueryString(),
                false,
                Stream.concat(FILTERS.stream(), Stream.of(others)).toArray(String[]::new));
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = parameters(request, "limit", "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        ResultFilter filter = parameters.results(boards.within(parameters));
        ResultOrder order = parameters.resultOrder();
        Seen seen = Asking.seen(history);
        Answer.asked(response, () -> seen.results(filter, order, parameters.text("cursor"), limit));
    }

    private void export(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = parameters(request, "format");
        ResultFilter filter = parameters.results(boards.within(parameters));
        ResultOrder order = parameters.resultOrder();
        Seen seen = Asking.seen(history);
        export.write(parameters.text("format"), response, cursor -> {
            ResultPage page = Answer.to(() -> seen.results(filter, order, cursor, EXPORTED_AT_ONCE));
            return new Export.Part<>(page.results(), page.next());
        });
    }
}
