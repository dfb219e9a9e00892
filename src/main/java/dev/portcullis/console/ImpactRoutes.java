package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.http.Reply;
import dev.portcullis.impact.Replay;
import dev.portcullis.policy.PolicySet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tries a policy on what was asked, or on what runs, before it is in force. */
public final class ImpactRoutes implements AutoCloseable {
    private static final String PATH = "/api/v1/impact";
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int MOST_HOURS = 24 * 92;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Governing governing;
    private final History history;
    private final Grounds grounds;
    private final Candidates candidates;
    private final InstantSource clock;
    private final ImpactJobs jobs;

    /** Routes that try policies against those that are decided by. */
    public ImpactRoutes(Governing governing, History history, Grounds grounds, BodyReader bodies, InstantSource clock) {
        this.governing = governing;
        this.history = history;
        this.grounds = grounds;
        this.candidates = new Candidates(bodies, history);
        this.clock = clock;
        this.jobs = new ImpactJobs(clock, LONGEST);
    }

    /** The routes, for whoever may ask. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "POST", PATH, this::begin),
                new HttpRoute(Port.CONSOLE, "GET", PATH, this::tell));
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters =
                Parameters.of(request.getQueryString(), false, "source", "hours", "namespace", "version");
        String source = parameters.required("source");
        boolean ofHistory = source.equals("history");
        if (!ofHistory && !source.equals("workloads")) {
            throw new HttpError(
                    BAD_REQUEST, "source must be history (what was asked) or workloads (what the cluster runs)");
        }
        int hours = parameters.number("hours", 24, 1, MOST_HOURS);
        String other = ofHistory ? "namespace" : "hours";
        if (parameters.text(other) != null) {
            throw new HttpError(BAD_REQUEST, other + " is not for source=" + source + ": leave it out");
        }
        PolicySet before = governing.set().get();
        PolicySet after = candidates.require(request, parameters.text("version"), before);
        ImpactJob job = jobs.begin(
                        ofHistory ? "history of " + hours + " hours" : "workloads",
                        ofHistory
                                ? ofHistory(before, after, clock.instant().minus(Duration.ofHours(hours)))
                                : ofWorkloads(before, after, parameters.text("namespace")))
                .orElseThrow(() -> new HttpError(
                        CONFLICT, "a policy is being tried: GET " + PATH + " tells how far it is; try again after it"));
        response.setHeader("Location", PATH + "?id=" + job.id());
        Reply.json(response, ACCEPTED, Answer.JSON.writeValueAsBytes(job.json(false)));
    }

    private ImpactJobs.Trial ofHistory(PolicySet before, PolicySet after, Instant from) {
        Replay replay = new Replay(before, after, grounds.known(), clock.instant());
        return (job, over) -> history.recorded(from, recorded -> job.add(impact -> replay.add(recorded, impact), over));
    }

    private ImpactJobs.Trial ofWorkloads(PolicySet before, PolicySet after, @Nullable String namespace)
            throws HttpError {
        Grounds.Running running = grounds.running();
        if (running == null) {
            throw new HttpError(
                    CONFLICT, "there is no cluster whose workloads could be judged again: use source=history");
        }
        return (job, over) -> running.compare(before, after, namespace, (one, other) -> {
            if (over.getAsBoolean()) {
                throw new ImpactJobs.GivenUpException();
            }
            job.add(one, other);
        });
    }

    private void tell(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "id");
        String id = parameters.text("id");
        if (id == null) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode list = answer.putArray("jobs");
            jobs.list().forEach(job -> list.add(job.json(false)));
            Answer.json(response, answer);
            return;
        }
        ImpactJob found = jobs.list().stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new HttpError(NOT_FOUND, "no such trial is kept: the last five are, until the server stops"));
        Answer.json(response, found.json(true));
    }

    @Override
    public void close() {
        jobs.close();
    }
}
