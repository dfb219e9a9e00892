package dev.portcullis.engine;

import dev.portcullis.docker.EngineRequest;
import dev.portcullis.docker.EngineRequests;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.docker.RequestTarget;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.Subject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides requests to a Docker engine by their routes and by the policies in force. What cannot be judged is denied; an engine
 * that does not answer what a policy must know denies where that policy enforces.
 */
public final class EngineGate implements EngineDecider {
    private final Supplier<PolicySet> policies;
    private final Enquiries enquiries;
    private final InstantSource clock;
    private final Containers containers;
    private final Evaluator evaluator = new Evaluator(false);

    /**
     * A gate before an engine.
     *
     * @param policies those in force; asked once for each decision
     * @param engine what the engine says of what it has
     * @param digests what is known of where tags point
     */
    public EngineGate(Supplier<PolicySet> policies, EngineView engine, ImageDigests digests, InstantSource clock) {
        this.policies = policies;
        this.enquiries = new Enquiries(engine);
        this.clock = clock;
        this.containers = new Containers(digests, evaluator, enquiries);
    }

    @Override
    public EngineVerdict decide(EngineCall call) {
        try {
            RequestTarget target = RequestTarget.parse(call.uri());
            Treatment treatment = EngineRoutes.find(call.method(), target);
            return treatment instanceof Treatment.Plain
                    ? EngineVerdict.unjudged()
                    : decide(call, target, treatment, policies.get());
        } catch (MalformedBodyException malformed) {
            return EngineVerdict.refused(String.valueOf(malformed.getMessage()));
        } catch (UnreadableException unreadable) {
            return EngineVerdict.refused("the body cannot be read: " + unreadable.getMessage());
        }
    }

    private EngineVerdict decide(EngineCall call, RequestTarget target, Treatment treatment, PolicySet inForce)
            throws MalformedBodyException, UnreadableException {
        Circumstances circumstances = Circumstances.at(clock.instant(), call.requester());
        return switch (treatment) {
            case Treatment.Plain _ -> EngineVerdict.unjudged();
            case Treatment.Unknown _ -> EngineVerdict.of(Doubts.unknown(route(call, target), inForce, circumstances));
            case Treatment.Closed closed -> {
                Subject route = route(call, target);
                yield Doubts.isOpen(closed.route(), route, inForce, circumstances)
                        ? decide(call, target, closed.open(), inForce)
                        : EngineVerdict.of(Doubts.closed(closed.route(), route, inForce, circumstances));
            }
            case Treatment.Act _ -> act(call, target, inForce, circumstances);
            case Treatment.Create _ -> create(call, target, inForce, circumstances);
            case Treatment.Start start -> start(call, target, start.container(), inForce, circumstances);
        };
    }

    private static Subject route(EngineCall call, RequestTarget target) {
        return new Subject(Form.ENGINE_REQUEST, "Request", null, call.method() + " " + target.path());
    }

    private EngineVerdict act(EngineCall call, RequestTarget target, PolicySet inForce, Circumstances circumstances)
            throws MalformedBodyException, UnreadableException {
        ApiVersion.requireJudged(target);
        EngineRequest request = new EngineRequest(call.method(), call.uri(), call.contentType(), body(call));
        Optional<Act> act = EngineRequests.read(request, call.requester());
        return act.isEmpty()
                ? EngineVerdict.unjudged()
                : EngineVerdict.of(evaluator.evaluate(act.get(), inForce, circumstances));
    }

    private EngineVerdict create(EngineCall call, RequestTarget target, PolicySet inForce, Circumstances circumstances)
            throws MalformedBodyException, UnreadableException {
        ApiVersion.requireJudged(target);
        EngineRequests.refuseForm(call.contentType());
        JsonNode body = body(call);
        if (body == null) {
            throw EngineRequests.withoutBody();
        }
        String name = target.parameter("name");
        return containers.create(body, name.isEmpty() ? null : name, inForce, circumstances);
    }

    private EngineVerdict start(
            EngineCall call, RequestTarget target, String name, PolicySet inForce, Circumstances circumstances)
            throws MalformedBodyException {
        ApiVersion.requireJudged(target);
        EngineRequests.refuseForm(call.contentType());
        Long length = call.contentLength();
        if (call.body().length > 0 || (length != null && length != 0)) {
            return EngineVerdict.refused(
                    "a body is sent to start a container, which engines of old took for its configuration: send none");
        }
        try {
            Enquiry enquiry = enquiries.begin();
            Optional<JsonNode> container = enquiry.container(name);
            // By the time that the engine looks, another one could have got the name.
            return container.isEmpty()
                    ? EngineVerdict.refused("there is no container " + name)
                    : containers.start(container.get(), enquiry, inForce, circumstances);
        } catch (EngineUnavailableException unavailable) {
            Subject subject = new Subject(Form.ENGINE_REQUEST, "Container", null, name);
            return EngineVerdict.of(Doubts.unanswered(unavailable, subject, inForce, circumstances));
        }
    }

    /** What arrived; null where nothing did. */
    private static @Nullable JsonNode body(EngineCall call) throws UnreadableException {
        return call.body().length == 0 ? null : Json.read(call.body());
    }
}
