package dev.portcullis.review;

import dev.portcullis.check.Words;
import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.EngineRequests;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.DocumentPatch;
import dev.portcullis.kubernetes.AdmissionAnswer;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Mending;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.Requester;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers ContainerReviews: what an AdmissionReview is for pods, for a container that a Docker engine is to create, update
 * or start a process in. For one to create, one answer both patches and decides: it is denied for what remains after the
 * fixes.
 */
final class ContainerReviews {
    private static final String API_VERSION = "portcullis.dev/v1alpha1";
    private static final String KIND = "ContainerReview";
    private static final List<String> OPERATIONS = List.of("CREATE", "UPDATE", "EXEC");
    private static final int LONGEST_UID = 128;
    private static final int BAD_REQUEST = 400;

    private final Supplier<PolicySet> policies;
    private final ImageDigests digests;
    private final InstantSource clock;
    private final ContainerEvents events;
    private final Evaluator evaluator = new Evaluator(false);

    ContainerReviews(Supplier<PolicySet> policies, ImageDigests digests, InstantSource clock, ContainerEvents events) {
        this.policies = policies;
        this.digests = digests;
        this.clock = clock;
        this.events = events;
    }

    byte[] answer(byte[] body) throws UnreadableInputException {
        return respond(body, System.nanoTime()).toBytes(API_VERSION, KIND);
    }

    byte[] refuse(byte[] head, int code, String message) throws UnreadableInputException {
        String uid = uidOf(head).orElseThrow(() -> new UnreadableInputException(code, message));
        return refused(uid, code, message).toBytes(API_VERSION, KIND);
    }

    private static Optional<String> uidOf(byte[] head) {
        return Json.peek(head, "request", "uid").filter(ContainerReviews::isUid);
    }

    private AdmissionAnswer refused(String uid, int code, String message) {
        events.refused(uid, message);
        return AdmissionAnswer.refused(uid, code, message);
    }

    private AdmissionAnswer respond(byte[] body, long start) throws UnreadableInputException {
        JsonNode review;
        try {
            review = Json.read(body);
        } catch (UnreadableException unreadable) {
            String uid = uidOf(body)
                    .orElseThrow(() -> new UnreadableInputException("not a " + KIND + ": " + unreadable.getMessage()));
            return refused(uid, BAD_REQUEST, "the review is " + unreadable.getMessage());
        }
        requireKind(review);
        JsonNode request = review.path("request");
        String uid = request.path("uid").stringValue("");
        if (!isUid(uid)) {
            throw new UnreadableInputException(
                    "request.uid is missing, empty or longer than " + LONGEST_UID + " characters");
        }
        return judge(
                uid,
                request,
                report -> events.decided(new ContainerEvents.Decided(
                        uid,
                        request.path("operation").stringValue(""),
                        requester(request).user(),
                        body,
                        report,
                        Duration.ofNanos(System.nanoTime() - start))));
    }

    private static void requireKind(JsonNode review) throws UnreadableInputException {
        if (!KIND.equals(review.path("kind").stringValue(null))
                || !API_VERSION.equals(review.path("apiVersion").stringValue(null))) {
            throw new UnreadableInputException(
                    "not a " + KIND + ": send apiVersion " + API_VERSION + " and kind " + KIND);
        }
    }

    private AdmissionAnswer judge(String uid, JsonNode request, Consumer<Report> decided) {
        String operation = request.path("operation").stringValue("");
        if (!OPERATIONS.contains(operation)) {
            return refused(
                    uid,
                    BAD_REQUEST,
                    "request.operation is " + Words.value(operation) + "; what is judged is "
                            + String.join(", ", OPERATIONS));
        }
        if (!(request.path("config") instanceof ObjectNode config)) {
            return refused(
                    uid,
                    BAD_REQUEST,
                    "request.config is missing: it is the body of the engine's " + operation.toLowerCase(Locale.ROOT)
                            + " request");
        }
        String name = request.path("name").stringValue(null);
        Requester requester = requester(request);
        try {
            return switch (operation) {
                case "UPDATE" -> judge(uid, EngineRequests.update(config, name, requester), decided);
                case "EXEC" -> judge(uid, EngineRequests.exec(config, name, requester), decided);
                default -> judge(uid, config, name, requester, decided);
            };
        } catch (MalformedBodyException malformed) {
            return refused(uid, BAD_REQUEST, "request.config: " + malformed.getMessage());
        }
    }

    private static Requester requester(JsonNode request) {
        String user = request.path("user").stringValue("");
        return user.isEmpty() ? Requester.UNKNOWN : new Requester(user, Set.of());
    }

    private AdmissionAnswer judge(String uid, Act act, Consumer<Report> decided) {
        Report report = evaluator.evaluate(act, policies.get(), Circumstances.at(clock.instant(), act.requester()));
        decided.accept(report);
        return AdmissionAnswer.of(uid, report);
    }

    private AdmissionAnswer judge(
            String uid, ObjectNode config, @Nullable String name, Requester requester, Consumer<Report> decided)
            throws MalformedBodyException {
        PolicySet inForce = policies.get();
        Instant now = clock.instant();
        Mending.Again<MalformedBodyException> asItIs = () -> evaluator.evaluate(
                DockerReader.read(config, name).resolving(digests), inForce, Circumstances.at(now, requester));
        Report report = asItIs.judge();
        DocumentPatch patch = DocumentPatch.apply(config, report, asItIs);
        Report remaining = patch.after(asItIs);
        decided.accept(remaining);
        AdmissionAnswer answer = AdmissionAnswer.of(uid, remaining);
        return remaining.allowed() && !patch.operations().isEmpty() ? answer.withPatch(patch.operations()) : answer;
    }

    private static boolean isUid(String uid) {
        return !uid.isEmpty() && uid.length() <= LONGEST_UID;
    }
}
