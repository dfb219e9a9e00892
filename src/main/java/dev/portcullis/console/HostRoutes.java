package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.HostReport;
import dev.portcullis.history.Hosts;
import dev.portcullis.http.Body;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.MediaTypes;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** Docker hosts: takes what they tell of themselves, and tells of them. */
public final class HostRoutes {
    private static final String PATH = "/api/v1/hosts";
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int MOST_ON_A_PAGE = 100;

    private final History history;
    private final String cluster;
    private final BodyReader bodies;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(1);

    /**
     * Routes that keep hosts in this history.
     *
     * @param cluster the name of what the background scan looks at, which no host may have
     */
    public HostRoutes(History history, String cluster, BodyReader bodies, InstantSource clock) {
        this.history = history;
        this.cluster = cluster;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** The route for hosts, which may ask nothing. */
    public HttpRoute report() {
        return new HttpRoute(Port.CONSOLE, "POST", PATH, this::report);
    }

    /** The route for whoever may ask. */
    public HttpRoute list() {
        return new HttpRoute(Port.CONSOLE, "GET", PATH, this::list);
    }

    private record Taken(String host, int containers, int omitted) {}

    private void report(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        MediaTypes.requireJson(request);
        MediaTypes.requireUncompressed(request);
        try (Body body = bodies.read(request)) {
            HostReport report = switch (body) {
                case Body.Whole whole -> read(whole.bytes());
                case Body.Refused refused -> throw new HttpError(refused.code(), refused.message());
            };
            keepAlone(report);
            Answer.json(response, new Taken(report.host(), report.containers().size(), report.omitted()));
        }
    }

    private void keepAlone(HostReport report) throws HttpError {
        if (!places.tryAcquire()) {
            throw new HttpError(TOO_MANY, "another host is reporting: try again in a second");
        }
        try {
            keep(report);
        } finally {
            places.release();
        }
    }

    private static HostReport read(byte[] sent) throws HttpError {
        try {
            return HostReport.read(sent);
        } catch (IllegalArgumentException wrong) {
            throw new HttpError(BAD_REQUEST, "the body is no report of a host: " + wrong.getMessage());
        }
    }

    private void keep(HostReport report) throws HttpError {
        Hosts.Outcome outcome = report.host().equals(cluster)
                ? Hosts.Outcome.TAKEN
                : Answer.to(() -> history.report(report, clock.instant()));
        if (outcome == Hosts.Outcome.TAKEN) {
            throw new HttpError(CONFLICT, "a cluster has the name of the host: give the host another with --host");
        }
        if (outcome == Hosts.Outcome.FULL) {
            throw new HttpError(
                    CONFLICT,
                    Hosts.MOST + " hosts report already: one that is silent for " + Hosts.LONGEST_SILENCE.toDays()
                            + " days makes room");
        }
    }

    private void list(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "limit", "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        Answer.asked(response, () -> history.hosts(parameters.text("cursor"), limit));
    }
}
