package dev.portcullis.catalogue;

import dev.portcullis.kubernetes.WorkloadReader;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Workload;
import java.util.Set;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Documents of each platform, read as the product reads them and checked against the platform's own model. */
final class Documents {
    /** The platforms whose documents can be read. */
    static final Set<Platform> READABLE = Set.of(Platform.KUBERNETES);

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

    static Workload workload(Platform platform, JsonNode document) {
        try {
            return switch (platform) {
                case KUBERNETES -> WorkloadReader.read(document).orElseThrow();
                case DOCKER -> throw new UnsupportedOperationException("no Docker documents yet");
            };
        } catch (dev.portcullis.kubernetes.MalformedObjectException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Throws where the document has a field that the platform does not know. */
    static void requireKnownFields(Platform platform, JsonNode document) {
        switch (platform) {
            case KUBERNETES -> STRICT.treeToValue(document, io.fabric8.kubernetes.api.model.Pod.class);
            case DOCKER -> throw new UnsupportedOperationException("no Docker documents yet");
        }
    }
}
