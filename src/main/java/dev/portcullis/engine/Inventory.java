package dev.portcullis.engine;

import dev.portcullis.docker.EngineObjects;
import dev.portcullis.docker.InspectReader;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What an engine has and says of itself, asked one question after the other. Every answer has ten seconds and 4 MiB. */
public final class Inventory {
    private static final Duration TIME = Duration.ofSeconds(10);

    private final EngineClient engine;
    private final ImagesById images = new ImagesById();

    /** That of the engine that listens on a socket. */
    public Inventory(Path socket) {
        engine = new EngineClient(socket);
    }

    /** What it says of itself, as {@code GET /info} prints it. */
    public JsonNode info() throws EngineUnavailableException {
        return engine.info(Deadline.in(TIME));
    }

    /** A network by name, as {@code GET /networks/{name}} prints it. */
    public Optional<JsonNode> network(String name) throws EngineUnavailableException {
        return engine.network(name, Deadline.in(TIME));
    }

    /**
     * The identifiers of its containers.
     *
     * @param stopped whether those that do not run are among them
     */
    public List<String> containers(boolean stopped) throws EngineUnavailableException {
        List<String> ids = new ArrayList<>();
        for (JsonNode container : engine.containers(stopped, Deadline.in(TIME))) {
            ids.add(container.path("Id").stringValue(""));
        }
        return ids;
    }

    /**
     * A container with what the engine says of its image and its volumes; empty where it is gone.
     *
     * @throws MalformedBodyException where it is described in a way that cannot be read
     */
    public Optional<Workload> container(String id) throws EngineUnavailableException, MalformedBodyException {
        Enquiry enquiry = new Enquiry(engine, images, Deadline.in(TIME));
        Optional<JsonNode> found = enquiry.container(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ImageKnowledge image = enquiry.imageOf(found.get());
        EngineObjects objects = enquiry.objectsOf(found.get());
        return Optional.of(
                InspectReader.container(found.get(), FieldPath.ROOT, objects).knowing(image));
    }
}
