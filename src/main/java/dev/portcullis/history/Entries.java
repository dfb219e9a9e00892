package dev.portcullis.history;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.engine.EngineCall;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.AdmissionReviewReader;
import dev.portcullis.kubernetes.MalformedReviewException;
import dev.portcullis.kubernetes.NotAReviewException;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes entries of decisions, which costs more than the decisions may wait for.
 *
 * @param cluster what the cluster, or the machine of an engine, is called
 * @param bodies whether what was asked is kept too
 */
public record Entries(String cluster, boolean bodies) {
    /** Bytes of a body, before it is compressed, from which it is not kept. */
    private static final int LARGEST_BODY = 1024 * 1024;

    /**
     * That of an API server's request.
     *
     * @param body an AdmissionReview, which is read again: what waits for it holds no tree
     */
    public Entry of(byte[] body, Report report, Instant at, Duration took) {
        AdmissionRequest request = request(body);
        JsonNode object = request.object() == null ? request.oldObject() : request.object();
        String name = report.subject().name();
        Owner owner = object == null ? new Owner(request.kind(), name) : Owner.of(object, request.kind(), name);
        return new Entry(
                Source.ADMISSION,
                request.uid(),
                at,
                Outcome.of(report),
                cluster,
                operation(request),
                request.username(),
                new Entry.Subject(request.kind(), request.namespace(), name, owner.kind(), owner.name()),
                report.version(),
                took,
                "",
                findings(report),
                bodies ? packed(body) : null);
    }

    private static AdmissionRequest request(byte[] body) {
        try {
            return AdmissionReviewReader.read(body);
        } catch (NotAReviewException | MalformedReviewException unlike) {
            throw new IllegalStateException("what was judged is no review", unlike);
        }
    }

    private static String operation(AdmissionRequest request) {
        String operation = request.operation().name();
        return request.subresource().isEmpty() ? operation : operation + " " + request.subresource();
    }

    /** That of a request, of whatever source, which could not be judged and was denied for it. */
    public Entry refused(Source source, String uid, Instant at, String message) {
        return new Entry(
                source, uid, at, Outcome.DENY, cluster, "", null, null, null, Duration.ZERO, message, List.of(), null);
    }

    /** That of a ContainerReview. */
    public Entry of(
            String uid,
            String operation,
            @Nullable String user,
            byte[] body,
            Report report,
            Instant at,
            Duration took) {
        return new Entry(
                Source.CONTAINER,
                uid,
                at,
                Outcome.of(report),
                cluster,
                operation,
                user,
                subject(report.subject()),
                report.version(),
                took,
                "",
                findings(report),
                bodies ? packed(body) : null);
    }

    /** What no cluster knows belongs to itself. */
    private static Entry.Subject subject(Subject about) {
        return new Entry.Subject(about.kind(), about.namespace(), about.name(), about.kind(), about.name());
    }

    /** That of a request to an engine which was not decided by its route alone. */
    public Entry of(EngineCall call, EngineVerdict verdict, Instant at, Duration took) {
        Report report = verdict.report();
        return new Entry(
                Source.DOCKER,
                UUID.randomUUID().toString(),
                at,
                outcome(verdict, report),
                cluster,
                call.method() + " " + call.uri(),
                call.requester().user(),
                report == null ? null : subject(report.subject()),
                report == null ? null : report.version(),
                took,
                report == null ? verdict.message() : "",
                report == null ? List.of() : findings(report),
                bodies ? packed(call) : null);
    }

    private static Outcome outcome(EngineVerdict verdict, @Nullable Report report) {
        if (!verdict.allowed()) {
            return Outcome.DENY;
        }
        return report == null ? Outcome.ALLOW : Outcome.of(report);
    }

    private static List<RecordedFinding> findings(Report report) {
        return report.findings().stream()
                .filter(judged -> judged.finding().isViolation())
                .sorted((one, other) -> Boolean.compare(other.denies(), one.denies()))
                .limit(Entry.MOST_FINDINGS)
                .map(RecordedFinding::of)
                .toList();
    }

    private static byte @Nullable [] packed(byte[] body) {
        JsonNode tree = tree(body);
        if (tree == null) {
            return null;
        }
        Masking.mask(tree);
        return Packing.pack(tree);
    }

    private static byte @Nullable [] packed(EngineCall call) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.put("method", call.method()).put("uri", call.uri()).put("contentType", call.contentType());
        JsonNode tree = tree(call.body());
        if (tree != null) {
            Masking.mask(tree);
            kept.set("body", tree);
        }
        return Packing.pack(kept);
    }

    private static @Nullable JsonNode tree(byte[] body) {
        if (body.length == 0 || body.length > LARGEST_BODY) {
            return null;
        }
        try {
            return Json.read(body);
        } catch (UnreadableException none) {
            return null;
        }
    }
}
