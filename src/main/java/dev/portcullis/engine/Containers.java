package dev.portcullis.engine;

import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.EngineObjects;
import dev.portcullis.docker.InspectReader;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.Workload;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Judges containers before they are made, and again before they start. */
final class Containers {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern IDENTIFIER = Pattern.compile("[0-9A-Za-z]{1,64}");

    private final ImageDigests digests;
    private final Evaluator evaluator;
    private final Enquiries enquiries;

    Containers(ImageDigests digests, Evaluator evaluator, Enquiries enquiries) {
        this.enquiries = enquiries;
        this.digests = digests;
        this.evaluator = evaluator;
    }

    /**
     * One to be made.
     *
     * @param name null where the engine makes one up
     */
    EngineVerdict create(JsonNode body, @Nullable String name, PolicySet inForce, Circumstances circumstances)
            throws MalformedBodyException {
        Workload asked = DockerReader.read(body, name, EngineObjects.NONE);
        try {
            Enquiry.Known known = enquiries.begin().known(asked);
            EngineVerdict verdict = EngineVerdict.of(report(body, name, known, inForce, circumstances));
            return verdict.with(patched(body, name, known, verdict, inForce, circumstances));
        } catch (EngineUnavailableException unavailable) {
            Report report = report(body, name, Enquiry.Known.NOTHING, inForce, circumstances);
            Report unanswered = Doubts.unanswered(unavailable, asked.subject(), inForce, circumstances);
            return EngineVerdict.of(Doubts.together(report, unanswered));
        }
    }

    private Report report(
            JsonNode body, @Nullable String name, Enquiry.Known known, PolicySet inForce, Circumstances circumstances)
            throws MalformedBodyException {
        Workload workload = DockerReader.read(body, name, known.objects())
                .knowing(known.image())
                .resolving(digests);
        return evaluator.evaluate(workload, inForce, circumstances);
    }

    private EngineVerdict.@Nullable Patched patched(
            JsonNode body,
            @Nullable String name,
            Enquiry.Known known,
            EngineVerdict verdict,
            PolicySet inForce,
            Circumstances circumstances)
            throws MalformedBodyException {
        Report report = verdict.report();
        if (report == null || report.edits().isEmpty() || !(body.deepCopy() instanceof ObjectNode copy)) {
            return null;
        }
        ArrayNode operations = JsonPatch.apply(copy, report.edits());
        if (operations.isEmpty()) {
            return null;
        }
        EngineVerdict fixed = EngineVerdict.of(report(copy, name, known, inForce, circumstances));
        return new EngineVerdict.Patched(
                fixed.allowed(),
                fixed.message(),
                operations,
                JSON.writeValueAsBytes(copy),
                fixed.report() == null ? report : fixed.report());
    }

    /**
     * One that is there, by its image and its mounts as they are now.
     *
     * @param container as the engine prints it
     */
    EngineVerdict start(JsonNode container, Enquiry enquiry, PolicySet inForce, Circumstances circumstances)
            throws EngineUnavailableException {
        ImageKnowledge image = enquiry.imageOf(container);
        EngineObjects objects = enquiry.objectsOf(container);
        try {
            Workload workload = InspectReader.container(container, FieldPath.ROOT, objects)
                    .knowing(image)
                    .resolving(digests);
            return EngineVerdict.of(evaluator.evaluate(workload, inForce, circumstances))
                    .on(identifier(container));
        } catch (MalformedBodyException malformed) {
            throw new EngineUnavailableException(
                    "described the container in a way that cannot be read: " + malformed.getMessage());
        }
    }

    private static String identifier(JsonNode container) throws EngineUnavailableException {
        String identifier = container.path("Id").stringValue("");
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw new EngineUnavailableException("described the container without its identifier");
        }
        return identifier;
    }
}
