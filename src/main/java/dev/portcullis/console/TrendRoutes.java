package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.Seen;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** What changes over time: how much was decided, and how what runs stood. */
public final class TrendRoutes {
    private static final int BAD_REQUEST = 400;
    private static final Duration LONGEST = Duration.ofDays(92);

    private final History history;
    private final InstantSource clock;

    /** Routes that ask this history. */
    public TrendRoutes(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** The routes, for whoever may ask. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/trends", this::trends),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/posture", this::posture));
    }

    private record Asked(Parameters parameters, Instant from, Instant to) {}

    private Asked asked(HttpServletRequest request) throws HttpError {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "from", "to", "namespace", "cluster");
        Instant to = Objects.requireNonNullElseGet(parameters.time("to"), clock::instant);
        Instant from = Objects.requireNonNullElseGet(parameters.time("from"), () -> to.minus(Duration.ofDays(1)));
        if (from.isAfter(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new HttpError(BAD_REQUEST, "from must lie before to, by " + LONGEST.toDays() + " days at most");
        }
        return new Asked(parameters, from, to);
    }

    private void trends(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Asked of = asked(request);
        Seen seen = Asking.seen(history);
        Answer.asked(
                response,
                () -> seen.trend(
                        of.from(),
                        of.to(),
                        of.parameters().text("cluster"),
                        of.parameters().text("namespace")));
    }

    private void posture(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Asked of = asked(request);
        Seen seen = Asking.seen(history);
        Answer.asked(
                response,
                () -> seen.posture(
                        of.from(),
                        of.to(),
                        of.parameters().text("cluster"),
                        of.parameters().text("namespace")));
    }
}
