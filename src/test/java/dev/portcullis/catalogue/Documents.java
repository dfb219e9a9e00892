package dev.portcullis.catalogue;

import dev.portcullis.docker.ComposeReader;
import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.KnownFields;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.Positions;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.WorkloadReader;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Matter;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

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
        return matter(form, Fixture.document(text));
    }

    /** What a tree of a form says. */
    static Matter matter(Form form, JsonNode document) {
        try {
            return switch (form) {
                case POD -> WorkloadReader.read(document).orElseThrow();
                case CONTAINER -> DockerReader.read(document, "app");
                case COMPOSE_SERVICE -> service(document);
                default -> throw new IllegalArgumentException(form + " is not read as a tree");
            };
        } catch (MalformedObjectException | MalformedBodyException e) {
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
            case COMPOSE_SERVICE -> service(document);
            default -> throw new IllegalArgumentException(form + " is not read as a tree");
        }
    }
}
