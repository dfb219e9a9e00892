package dev.portcullis.console;

import dev.portcullis.check.Severity;
import dev.portcullis.history.Scope;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The boards that there are: each is told to those who may see something of it, and is for others not there. */
public final class Boards {
    private static final int NOT_FOUND = 404;

    private final List<Board> all;

    /** These, in their order. */
    public Boards(List<Board> all) {
        this.all = List.copyOf(all);
    }

    /** The route, for whoever may ask. */
    public HttpRoute route() {
        return new HttpRoute(Port.CONSOLE, "GET", "/api/v1/boards", this::list);
    }

    /** What the query's parameter board narrows to; everything where it has none. */
    Scope within(Parameters parameters) throws HttpError {
        String name = parameters.text("board");
        if (name == null) {
            return Scope.ALL;
        }
        Set<String> seen = Asking.sight().namespaces();
        return all.stream()
                .filter(board -> board.name().equals(name) && isFor(board, seen))
                .findFirst()
                .orElseThrow(() -> new HttpError(NOT_FOUND, "there is no such board: GET /api/v1/boards lists them"))
                .scope();
    }

    private record Row(
            String name,
            String title,
            @Nullable String cluster,
            List<String> namespaces,
            List<String> kinds,
            List<String> checks,
            List<String> severities) {
        static Row of(Board board, @Nullable Set<String> seen) {
            Scope scope = board.scope();
            return new Row(
                    board.name(),
                    board.title(),
                    scope.cluster(),
                    scope.namespaces().stream()
                            .filter(each -> means(each, seen))
                            .toList(),
                    scope.kinds(),
                    scope.checks(),
                    scope.severities().stream().map(Severity::id).toList());
        }
    }

    private record Rows(List<Row> boards) {}

    private void list(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        Set<String> seen = Asking.sight().namespaces();
        Answer.json(
                response,
                new Rows(all.stream()
                        .filter(board -> isFor(board, seen))
                        .map(board -> Row.of(board, seen))
                        .toList()));
    }

    private static boolean isFor(Board board, @Nullable Set<String> seen) {
        List<String> namespaces = board.scope().namespaces();
        return namespaces.isEmpty() || namespaces.stream().anyMatch(each -> means(each, seen));
    }

    /** @param seen null for all */
    private static boolean means(String pattern, @Nullable Set<String> seen) {
        return seen == null || seen.stream().anyMatch(namespace -> Scope.matches(pattern, namespace));
    }

    /** The paths of their pages. */
    List<String> paths() {
        return all.stream().map(board -> "/boards/" + board.name()).toList();
    }
}
