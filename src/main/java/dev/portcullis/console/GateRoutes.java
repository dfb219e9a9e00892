package dev.portcullis.console;

import dev.portcullis.history.Gate;
import dev.portcullis.history.History;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** How the gates do. */
public final class GateRoutes {
    private final History history;
    private final InstantSource clock;

    /** Routes that ask this history. */
    public GateRoutes(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** The route, for whoever sees all. */
    public HttpRoute route() {
        return new HttpRoute(Port.CONSOLE, "GET", "/api/v1/gates", this::gates);
    }

    private record Gates(List<GateRow> gates) {}

    private void gates(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        List<Gate> gates = Answer.to(history::gates);
        Answer.json(response, new Gates(GateRow.all(gates, clock.instant())));
    }
}
