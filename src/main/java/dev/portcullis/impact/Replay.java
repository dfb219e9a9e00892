package dev.portcullis.impact;

import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.EngineRequest;
import dev.portcullis.docker.EngineRequests;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.history.Recorded;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.AdmissionReviewReader;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.MalformedReviewException;
import dev.portcullis.kubernetes.NotAReviewException;
import dev.portcullis.kubernetes.RequestEvaluator;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Matter;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Workload;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges what was asked once again. Exemptions count as they do now; what was known of images, volumes and owners at the time
 * is not, so that both policies judge without it.
 */
public final class Replay {
    private final PolicySet before;
    private final PolicySet after;
    private final ClusterKnowledge cluster;
    private final Instant now;
    private final RequestEvaluator requests;
    private final Evaluator evaluator = new Evaluator(false);

    /**
     * A replay.
     *
     * @param cluster what is known of namespaces
     * @param now by which exemptions expire
     */
    public Replay(PolicySet before, PolicySet after, ClusterKnowledge cluster, Instant now) {
        this.before = before;
        this.after = after;
        this.cluster = cluster;
        this.now = now;
        this.requests = new RequestEvaluator(cluster);
    }

    /** Judges one request by both, and adds what becomes of it. */
    public void add(Recorded recorded, Impact impact) {
        try {
            Optional<Pair> pair = pair(recorded);
            if (pair.isEmpty()) {
                impact.addUnjudged();
            } else {
                impact.add(owner(recorded), pair.get().before(), pair.get().after());
            }
        } catch (UnreadableException
                | MalformedBodyException
                | MalformedObjectException
                | MalformedReviewException
                | NotAReviewException unreadable) {
            impact.addUnjudged();
        }
    }

    private record Pair(Report before, Report after) {}

    private static Affected.Owner owner(Recorded recorded) {
        return new Affected.Owner(null, recorded.ownerKind(), recorded.namespace(), recorded.ownerName());
    }

    private Optional<Pair> pair(Recorded recorded)
            throws UnreadableException, MalformedBodyException, MalformedObjectException, MalformedReviewException,
                    NotAReviewException {
        byte[] body = recorded.body();
        if (body == null) {
            return Optional.empty();
        }
        return switch (recorded.source()) {
            case ADMISSION -> admission(AdmissionReviewReader.read(body));
            case CONTAINER -> both(container(Json.read(body).path("request")));
            case DOCKER -> both(engine(Json.read(body), recorded.username()));
        };
    }

    private Optional<Pair> admission(AdmissionRequest request) throws MalformedObjectException {
        if (request.isAct()) {
            Act act = request.act();
            return Optional.of(new Pair(
                    evaluator.evaluate(act, before, request.circumstancesOfAct(now, cluster)),
                    evaluator.evaluate(act, after, request.circumstancesOfAct(now, cluster))));
        }
        Optional<Workload> workload = request.concernsPods() ? request.workload() : Optional.empty();
        return workload.map(asked -> new Pair(
                requests.evaluate(request, asked, before, now), requests.evaluate(request, asked, after, now)));
    }

    private record Asked(Matter matter, Requester requester) {}

    private Optional<Pair> both(Optional<Asked> asked) {
        return asked.map(each -> new Pair(
                evaluator.evaluate(each.matter(), before, Circumstances.at(now, each.requester())),
                evaluator.evaluate(each.matter(), after, Circumstances.at(now, each.requester()))));
    }

    private static Optional<Asked> container(JsonNode request) throws MalformedBodyException {
        if (!(request.path("config") instanceof ObjectNode config)) {
            return Optional.empty();
        }
        String name = request.path("name").stringValue(null);
        Requester requester = requester(request.path("user").stringValue(null));
        Matter matter = switch (request.path("operation").stringValue("")) {
            case "UPDATE" -> EngineRequests.update(config, name, requester);
            case "EXEC" -> EngineRequests.exec(config, name, requester);
            default -> DockerReader.read(config, name);
        };
        return Optional.of(new Asked(matter, requester));
    }

    private static Optional<Asked> engine(JsonNode call, @Nullable String user) throws MalformedBodyException {
        Requester requester = requester(user);
        String method = call.path("method").stringValue("");
        String uri = call.path("uri").stringValue("");
        JsonNode body = call.get("body");
        if (method.equals("POST") && path(uri).endsWith("/containers/create") && body != null) {
            return Optional.of(new Asked(DockerReader.read(body, null), requester));
        }
        EngineRequest request =
                new EngineRequest(method, uri, call.path("contentType").stringValue(null), body);
        return EngineRequests.read(request, requester).map(act -> new Asked(act, requester));
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static Requester requester(@Nullable String user) {
        return user == null || user.isEmpty()
                ? Requester.UNKNOWN
                : new Requester(Objects.requireNonNull(user), Set.of());
    }
}
