package dev.portcullis.admission;

import dev.portcullis.kubernetes.AdmissionAnswer;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.AdmissionRequest.Operation;
import dev.portcullis.kubernetes.AdmissionReviewReader;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.MalformedReviewException;
import dev.portcullis.kubernetes.NotAReviewException;
import dev.portcullis.kubernetes.PodPatch;
import dev.portcullis.kubernetes.RequestEvaluator;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.Workload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Decides admission by the policies in force. */
public final class Admission implements AdmissionService {
    private static final int BAD_REQUEST = 400;

    private final Supplier<PolicySet> policies;
    private final ClusterKnowledge cluster;
    private final ImageDigests digests;
    private final InstantSource clock;
    private final Evaluator evaluator = new Evaluator(false);
    private final RequestEvaluator requests;
    private final AdmissionEvents events;

    /**
     * Admission where nothing is known of where tags point.
     *
     * @param policies those in force; asked once for each decision
     * @param cluster the one that asks
     */
    public Admission(
            Supplier<PolicySet> policies, ClusterKnowledge cluster, InstantSource clock, AdmissionEvents events) {
        this(policies, cluster, ImageDigests.NONE, clock, events);
    }

    /**
     * Admission.
     *
     * @param policies those in force; asked once for each decision
     * @param cluster the one that asks
     * @param digests what is known of where tags point
     */
    public Admission(
            Supplier<PolicySet> policies,
            ClusterKnowledge cluster,
            ImageDigests digests,
            InstantSource clock,
            AdmissionEvents events) {
        this.policies = policies;
        this.cluster = cluster;
        this.digests = digests;
        this.requests = new RequestEvaluator(cluster);
        this.clock = clock;
        this.events = events;
    }

    @Override
    public byte[] validate(byte[] body) throws UnreadableReviewException {
        long start = System.nanoTime();
        try {
            AdmissionRequest request = AdmissionReviewReader.read(body);
            return decide(request, body, start).toBytes();
        } catch (MalformedReviewException malformed) {
            return refuse(malformed.uid(), malformed).toBytes();
        } catch (NotAReviewException unreadable) {
            throw new UnreadableReviewException(sentence(unreadable));
        }
    }

    @Override
    public byte[] mutate(byte[] body) throws UnreadableReviewException {
        try {
            AdmissionRequest request = AdmissionReviewReader.read(body);
            return patch(request).toBytes();
        } catch (MalformedReviewException malformed) {
            events.refused(new Refused(Route.MUTATE, malformed.uid(), BAD_REQUEST, sentence(malformed)));
            return unpatched(malformed.uid(), sentence(malformed));
        } catch (NotAReviewException unreadable) {
            throw new UnreadableReviewException(sentence(unreadable));
        }
    }

    @Override
    public byte[] refuse(Route route, byte[] head, int code, String message) throws UnreadableReviewException {
        Optional<String> uid = AdmissionReviewReader.uidOf(head);
        if (uid.isEmpty()) {
            throw new UnreadableReviewException(message);
        }
        events.refused(new Refused(route, uid.get(), code, message));
        return switch (route) {
            case VALIDATE -> AdmissionAnswer.refused(uid.get(), code, message).toBytes();
            case MUTATE -> unpatched(uid.get(), message);
        };
    }

    private AdmissionAnswer decide(AdmissionRequest request, byte[] body, long start) {
        try {
            Optional<Report> report = judge(request);
            if (report.isEmpty()) {
                events.unjudged();
                return AdmissionAnswer.unjudged(request.uid());
            }
            events.decided(new Decided(request, body, report.get(), Duration.ofNanos(System.nanoTime() - start)));
            return AdmissionAnswer.of(request.uid(), report.get());
        } catch (MalformedObjectException malformed) {
            return refuse(request.uid(), malformed);
        }
    }

    private AdmissionAnswer refuse(String uid, Exception problem) {
        events.refused(new Refused(Route.VALIDATE, uid, BAD_REQUEST, sentence(problem)));
        return AdmissionAnswer.refused(uid, BAD_REQUEST, sentence(problem));
    }

    /** Empty where the request concerns nothing that is judged. */
    private Optional<Report> judge(AdmissionRequest request) throws MalformedObjectException {
        if (request.isAct()) {
            Act act = request.act();
            Circumstances circumstances = request.circumstancesOfAct(clock.instant(), cluster);
            return Optional.of(evaluator.evaluate(act, policies.get(), circumstances));
        }
        Optional<Workload> workload = request.concernsPods() ? request.workload() : Optional.empty();
        return workload.map(
                asked -> requests.evaluate(request, asked.resolving(digests), policies.get(), clock.instant()));
    }

    private AdmissionAnswer patch(AdmissionRequest request) {
        if (!request.concernsPods() || !request.isPod()) {
            return AdmissionAnswer.unpatched(request.uid(), List.of());
        }
        try {
            Optional<Workload> pod = request.workload();
            ObjectNode object = request.object();
            if (pod.isEmpty() || object == null || request.operation() != Operation.CREATE) {
                return AdmissionAnswer.unpatched(request.uid(), List.of());
            }
            PolicySet inForce = policies.get();
            Circumstances circumstances = request.circumstances(clock.instant(), cluster);
            Report report = evaluator.evaluate(pod.get().resolving(digests), inForce, circumstances);
            PodPatch patch = PodPatch.apply(
                    object,
                    report,
                    () -> evaluator.evaluate(
                            request.workload().orElseThrow().resolving(digests), inForce, circumstances));
            events.patched(patch.operations().size());
            return AdmissionAnswer.patched(request.uid(), patch, report);
        } catch (MalformedObjectException malformed) {
            events.refused(new Refused(Route.MUTATE, request.uid(), BAD_REQUEST, sentence(malformed)));
            return AdmissionAnswer.unpatched(request.uid(), List.of(warning(sentence(malformed))));
        }
    }

    private static byte[] unpatched(String uid, String problem) {
        return AdmissionAnswer.unpatched(uid, List.of(warning(problem))).toBytes();
    }

    private static String warning(String problem) {
        return "not patched: " + problem;
    }

    private static String sentence(Exception problem) {
        return String.valueOf(problem.getMessage());
    }
}
