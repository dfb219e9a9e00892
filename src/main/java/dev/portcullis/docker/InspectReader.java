package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@code docker inspect} prints: containers ({@code container.InspectResponse}), images
 * ({@code image.InspectResponse}), and images as OCI image configurations. An engine writes into a container's configuration
 * all that the image says, so what is missing there is not said by either.
 */
public final class InspectReader {
    private InspectReader() {}

    /**
     * An image and what it goes by.
     *
     * @param names {@code RepoTags}, {@code RepoDigests} and {@code Id}, empty for an OCI image configuration
     */
    public record NamedImage(List<String> names, ImageConfig config) {}

    /** Whether a value can only be a container that an engine has. */
    public static boolean isContainer(JsonNode node) {
        return node.path("Id").isString()
                && node.path("Name").isString()
                && node.path("Config").isObject()
                && node.path("HostConfig").isObject();
    }

    /** Whether a value can only be an image's configuration, as an engine prints it or as OCI writes it. */
    public static boolean isImage(JsonNode node) {
        boolean printed = node.path("Id").isString()
                && node.path("Architecture").isString()
                && node.path("RootFS").isObject();
        return printed
                || (node.path("architecture").isString()
                        && node.path("os").isString()
                        && node.path("rootfs").isObject());
    }

    /**
     * Reads a container.
     *
     * @param path where it stands in its document
     * @throws MalformedBodyException where an engine would not print it so
     */
    public static Workload container(JsonNode node, FieldPath path) throws MalformedBodyException {
        return container(node, path, EngineObjects.NONE);
    }

    /**
     * The same where the engine was asked about the volumes, too.
     *
     * @param known what it says of them
     */
    public static Workload container(JsonNode node, FieldPath path, EngineObjects known) throws MalformedBodyException {
        GoValue container = GoDecoder.decode(node, EngineTypes.CONTAINER, path);
        GoValue create = createBody(container, node, path);
        String name = container.field("Name").text();
        Subject subject =
                new Subject(Form.CONTAINER, "Container", null, name.startsWith("/") ? name.substring(1) : name);
        return new DockerReader(create, EngineNotation.INSPECTED).workload(subject, mounted(create, container, known));
    }

    /** What a container has mounted. */
    static Mounted mounted(JsonNode node, FieldPath path, EngineObjects known) throws MalformedBodyException {
        GoValue container = GoDecoder.decode(node, EngineTypes.CONTAINER, path);
        return mounted(createBody(container, node, path), container, known);
    }

    private static Mounted mounted(GoValue create, GoValue container, EngineObjects known)
            throws MalformedBodyException {
        Mounted said = Mounted.said(create, EngineNotation.INSPECTED);
        return MountPoints.read(said, container.field("Mounts"), known);
    }

    private static GoValue createBody(GoValue container, JsonNode node, FieldPath path) {
        GoValue endpoints = container.field("NetworkSettings").field("Networks");
        GoValue networking =
                GoValue.of(EngineTypes.NETWORKING, endpoints.path(), node, Map.of("EndpointsConfig", endpoints));
        return createBody(
                container.field("Config"),
                node,
                path,
                Map.of("HostConfig", container.field("HostConfig"), "NetworkingConfig", networking));
    }

    /**
     * Reads an image as what its containers would be if nobody said anything else.
     *
     * @param path where it stands in its document
     * @throws MalformedBodyException where an engine would not take it
     */
    public static Workload image(JsonNode node, FieldPath path) throws MalformedBodyException {
        GoValue image = decodeImage(node, path);
        GoValue create = createBody(image.field("Config"), node, path, Map.of());
        Subject subject =
                new Subject(Form.IMAGE, "Image", null, names(image).findFirst().orElse(null));
        return new DockerReader(create, EngineNotation.INSPECTED).workload(subject);
    }

    /**
     * Reads what an image says about how it is to be run.
     *
     * @param path where it stands in its document
     * @throws MalformedBodyException where an engine would not take it
     */
    public static NamedImage knowledge(JsonNode node, FieldPath path) throws MalformedBodyException {
        GoValue image = decodeImage(node, path);
        GoValue config = image.field("Config");
        List<GoValue> test = config.field("Healthcheck").field("Test").elements();
        return new NamedImage(
                names(image).toList(),
                new ImageConfig(
                        textOrNull(config.field("User")),
                        !test.isEmpty() && !test.getFirst().text().equals("NONE"),
                        List.copyOf(config.field("Volumes").members().keySet()),
                        textOrNull(config.field("WorkingDir"))));
    }

    private static GoValue decodeImage(JsonNode node, FieldPath path) throws MalformedBodyException {
        if (!node.isObject()) {
            throw new MalformedBodyException(path, "is no object", "give an image's configuration");
        }
        return GoDecoder.decode(node, EngineTypes.IMAGE, path);
    }

    /** Those of an image without a name are written {@code <none>} by older engines. */
    private static Stream<String> names(GoValue image) {
        return Stream.of(
                        image.field("RepoTags").elements().stream(),
                        image.field("RepoDigests").elements().stream(),
                        Stream.of(image.field("Id")))
                .flatMap(names -> names)
                .map(GoValue::text)
                .filter(name -> !name.isEmpty() && !name.startsWith("<none>"));
    }

    /** The create body that says the same, each value where it stands. */
    private static GoValue createBody(GoValue config, JsonNode node, FieldPath path, Map<String, GoValue> others) {
        Map<String, GoValue> parts = new HashMap<>(others);
        for (GoType.Field field : EngineTypes.CREATE.fields()) {
            if (config.has(field.name())) {
                parts.put(field.name(), config.field(field.name()));
            }
        }
        return GoValue.of(EngineTypes.CREATE, path, node, parts);
    }

    private static @Nullable String textOrNull(GoValue text) {
        return text.text().isEmpty() ? null : text.text();
    }
}
