package dev.portcullis.console;

import dev.portcullis.history.AuditEntry;
import dev.portcullis.history.AuditFilter;
import dev.portcullis.history.AuditPage;
import dev.portcullis.history.History;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was done at the console, and by whom: pages and exports. */
public final class AuditRoutes {
    private static final int BAD_REQUEST = 400;
    private static final int MOST_ON_A_PAGE = 500;
    private static final int EXPORTED_AT_ONCE = 500;
    private static final List<String> FILTERS = List.of("user", "action", "from", "to");
    private static final List<String> ACTIONS = List.of("login", "logout", "refusal", "change", AuditEntry.LOST);

    private static final Csv<AuditEntry> CSV = new Csv<>(List.of(
            new Csv.Column<>("time", AuditEntry::at),
            new Csv.Column<>("action", AuditEntry::action),
            new Csv.Column<>("user", AuditEntry::user),
            new Csv.Column<>("way", AuditEntry::way),
            new Csv.Column<>("address", AuditEntry::address),
            new Csv.Column<>("route", AuditEntry::route),
            new Csv.Column<>("target", AuditEntry::target),
            new Csv.Column<>("result", AuditEntry::result)));

    private final History history;
    private final Export<AuditEntry> export = new Export<>("audit", CSV);

    /** Routes that ask this history. */
    public AuditRoutes(History history) {
        this.history = history;
    }

    /** The routes, for those who see all: it names people and where they are. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/audit", this::page),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/audit/export", this::export));
    }

    private static Parameters parameters(HttpServletRequest request, String... others) throws HttpError {
        return Parameters.of(
                request.getQueryString(),
                false,
                Stream.concat(FILTERS.stream(), Stream.of(others)).toArray(String[]::new));
    }

    private static AuditFilter filter(Parameters parameters) throws HttpError {
        return new AuditFilter(
                parameters.text("user"),
                action(parameters.text("action")),
                parameters.time("from"),
                parameters.time("to"));
    }

    private static @Nullable String action(@Nullable String action) throws HttpError {
        if (action != null && !ACTIONS.contains(action)) {
            throw new HttpError(BAD_REQUEST, "action must be " + String.join(", ", ACTIONS));
        }
        return action;
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = parameters(request, "limit", "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        AuditFilter filter = filter(parameters);
        Answer.asked(response, () -> history.audited(filter, parameters.text("cursor"), limit));
    }

    private void export(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = parameters(request, "format");
        AuditFilter filter = filter(parameters);
        export.write(parameters.text("format"), response, cursor -> {
            AuditPage page = Answer.to(() -> history.audited(filter, cursor, EXPORTED_AT_ONCE));
            return new Export.Part<>(page.entries(), page.next());
        });
    }
}
