package dev.portcullis.impact;

import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.EngineRequest;
import dev.portcullis.docker.EngineRequests;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.history.Recorded;
import dev.portcullis.inspection.DocumentPatch;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.AdmissionReviewReader;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.MalformedReviewException;
import dev.portcullis.kubernetes.NotAReviewException;
import dev.portcullis.kubernetes.RequestEvaluator;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Mending;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was asked once, read so that it can be judged again. What was known of images, volumes and owners at the time is not
 * known now.
 */
public final class Again {
    private static final Evaluator EVALUATOR = new Evaluator(false);

    private final @Nullable ObjectNode document;
    private final Function<PolicySet, Report> asAsked;
    private final Function<PolicySet, Report> asDecided;

    private Again(
            @Nullable ObjectNode document, Function<PolicySet, Report> asAsked, Function<PolicySet, Report> asDecided) {
        this.document = document;
        this.asAsked = asAsked;
        this.asDecided = asDecided;
    }

    /**
     * Reads it.
     *
     * @param cluster what is known of namespaces
     * @param now by which exemptions expire
     * @return empty where there is nothing to judge, or it cannot be read
     */
    public static Optional<Again> of(Recorded recorded, ClusterKnowledge cluster, Instant now) {
        byte[] body = recorded.body();
        if (body == null) {
            return Optional.empty();
        }
        try {
            return switch (recorded.source()) {
                case ADMISSION -> admission(AdmissionReviewReader.read(body), cluster, now);
                case CONTAINER -> container(Json.read(body).path("request"), now);
                case DOCKER -> engine(Json.read(body), recorded.username(), now);
            };
        } catch (UnreadableException
                | MalformedBodyException
                | MalformedObjectException
                | MalformedReviewException
                | NotAReviewException unreadable) {
            return Optional.empty();
        }
    }

    /** What is found of it as it was asked, with the fixes that would be made. */
    public Report asAsked(PolicySet policies) {
        return asAsked.apply(policies);
    }

    /** What would decide: as a decision is made, after the fixes where one answer both fixes and decides. */
    public Report asDecided(PolicySet policies) {
        return asDecided.apply(policies);
    }

    /** What fixes are written for; null where nothing can be fixed. */
    public @Nullable ObjectNode document() {
        return document;
    }

    private static Optional<Again> admission(AdmissionRequest request, ClusterKnowledge cluster, Instant now)
            throws MalformedObjectException {
        if (request.isAct()) {
            Act act = request.act();
            return Optional.of(
                    plain(null, set -> EVALUATOR.evaluate(act, set, request.circumstancesOfAct(now, cluster))));
        }
        Optional<Workload> workload = request.concernsPods() ? request.workload() : Optional.empty();
        RequestEvaluator requests = new RequestEvaluator(cluster);
        return workload.map(asked -> plain(request.object(), set -> requests.evaluate(request, asked, set, now)));
    }

    private static Again plain(@Nullable ObjectNode document, Function<PolicySet, Report> judged) {
        return new Again(document, judged, judged);
    }

    private static Again plain(@Nullable ObjectNode document, Matter matter, Requester requester, Instant now) {
        return plain(document, set -> EVALUATOR.evaluate(matter, set, Circumstances.at(now, requester)));
    }

    private static Optional<Again> container(JsonNode request, Instant now) throws MalformedBodyException {
        if (!(request.path("config") instanceof ObjectNode config)) {
            return Optional.empty();
        }
        String name = request.path("name").stringValue(null);
        Requester requester = requester(request.path("user").stringValue(null));
        return Optional.of(
                switch (request.path("operation").stringValue("")) {
                    case "UPDATE" -> plain(null, EngineRequests.update(config, name, requester), requester, now);
                    case "EXEC" -> plain(null, EngineRequests.exec(config, name, requester), requester, now);
                    default -> created(config, name, requester, now);
                });
    }

    private static Again created(ObjectNode config, @Nullable String name, Requester requester, Instant now)
            throws MalformedBodyException {
        Matter matter = DockerReader.read(config, name);
        return new Again(
                config,
                set -> EVALUATOR.evaluate(matter, set, Circumstances.at(now, requester)),
                set -> mended(config.deepCopy(), name, set, Circumstances.at(now, requester)));
    }

    private static Report mended(
            ObjectNode config, @Nullable String name, PolicySet policies, Circumstances circumstances) {
        Mending.Again<MalformedBodyException> asItIs =
                () -> EVALUATOR.evaluate(DockerReader.read(config, name), policies, circumstances);
        try {
            return DocumentPatch.apply(config, asItIs.judge(), asItIs).after(asItIs);
        } catch (MalformedBodyException malformed) {
            throw new IllegalStateException("a fix has made what was readable unreadable", malformed);
        }
    }

    private static Optional<Again> engine(JsonNode call, @Nullable String user, Instant now)
            throws MalformedBodyException {
        Requester requester = requester(user);
        String method = call.path("method").stringValue("");
        String uri = call.path("uri").stringValue("");
        JsonNode body = call.get("body");
        if (method.equals("POST") && path(uri).endsWith("/containers/create") && body != null) {
            return Optional.of(plain(
                    body instanceof ObjectNode config ? config : null, DockerReader.read(body, null), requester, now));
        }
        EngineRequest request =
                new EngineRequest(method, uri, call.path("contentType").stringValue(null), body);
        return EngineRequests.read(request, requester).map(act -> plain(null, act, requester, now));
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
