package dev.portcullis.catalogue;

import dev.portcullis.docker.ComposeReader;
import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.EngineRequest;
import dev.portcullis.docker.EngineRequests;
import dev.portcullis.docker.InspectReader;
import dev.portcullis.docker.KnownFields;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.docker.dockerfile.DockerfileException;
import dev.portcullis.docker.dockerfile.DockerfileReader;
import dev.portcullis.document.Positions;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.AdmissionReviewReader;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.MalformedReviewException;
import dev.portcullis.kubernetes.NotAReviewException;
import dev.portcullis.kubernetes.WorkloadReader;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Matter;
import dev.portcullis.workload.Requester;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Documents of each platform, read as the product reads them and checked against the platform's own model. */
final class Documents {
    /** fabric8's model keeps fields that it does not know; without its any-setters they are errors. */
    private static final AnnotationIntrospector WITHOUT_ANY_SETTERS = new JacksonAnnotationIntrospector() {
        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return false;
        }
    };

    private static final JsonMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(WITHOUT_ANY_SETTERS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Documents() {}

    /** What a text of a form says. */
    static Matter matter(Form form, String text) {
        return form == Form.DOCKERFILE ? build(text) : matter(form, Fixture.document(text));
    }

    private static Matter build(String text) {
        try {
            return DockerfileReader.read(text.getBytes(StandardCharsets.UTF_8)).build();
        } catch (DockerfileException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** What a tree of a form says. */
    static Matter matter(Form form, JsonNode document) {
        try {
            return switch (form) {
                case POD -> WorkloadReader.read(document).orElseThrow();
                case CONTAINER -> DockerReader.read(document, "app");
                case ENGINE_REQUEST -> request(document);
                case POD_REQUEST -> review(document).act();
                case IMAGE -> InspectReader.image(document, FieldPath.ROOT);
                case COMPOSE_SERVICE -> service(document);
                default -> throw new IllegalArgumentException(form + " is not read as a tree");
            };
        } catch (MalformedObjectException | MalformedBodyException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The options of an exec are those of an attach and the command. */
    private static void requireKnownFields(ObjectNode review) {
        JsonNode options = ((ObjectNode) review.get("request")).remove("object");
        STRICT.treeToValue(options, io.fabric8.kubernetes.api.model.PodExecOptions.class);
        STRICT.treeToValue(review, io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview.class);
    }

    /** {@code method}, {@code uri} and {@code body} of a request that is an act, made by somebody unknown. */
    private static Act request(JsonNode document) throws MalformedBodyException {
        EngineRequest request = new EngineRequest(
                document.path("method").stringValue(), document.path("uri").stringValue(), null, document.get("body"));
        return EngineRequests.read(request, Requester.UNKNOWN)
                .orElseThrow(() -> new AssertionError(request.method() + " " + request.uri() + " is no act"));
    }

    private static AdmissionRequest review(JsonNode document) {
        try {
            return AdmissionReviewReader.read(document.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NotAReviewException | MalformedReviewException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The first service of a compose file, whose keys are all known. */
    private static Matter service(JsonNode document) {
        return switch (ComposeReader.read(document, Positions.none(), null).getFirst()) {
            case ComposeReader.Service service -> service.workload();
            case ComposeReader.Malformed malformed -> throw new AssertionError(malformed.problem());
        };
    }

    /** Throws where the document has a field that its form does not know. */
    static void requireKnownFields(Form form, JsonNode document) {
        switch (form) {
            case POD -> STRICT.treeToValue(document, io.fabric8.kubernetes.api.model.Pod.class);
            case CONTAINER -> KnownFields.require(document);
            case ENGINE_REQUEST -> KnownFields.requireInRequest(document);
            case POD_REQUEST -> requireKnownFields((ObjectNode) document.deepCopy());
            case IMAGE -> KnownFields.requireInImage(document);
            case COMPOSE_SERVICE -> service(document);
            default -> throw new IllegalArgumentException(form + " is not read as a tree");
        }
    }
}
