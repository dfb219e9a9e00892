package dev.portcullis.engine;

import dev.portcullis.docker.EngineObjects;
import dev.portcullis.docker.InspectReader;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import tools.jackson.databind.JsonNode;

/** What one decision asks the engine, all within one deadline. */
final class Enquiry {
    /** Volumes and other containers that one container may take things from: more would not be asked for in time. */
    private static final int MOST_OBJECTS = 100;

    /** What an image that is not there could say at best: the engine refuses the container, whatever is decided. */
    private static final ImageConfig BEST = new ImageConfig("65532", true, List.of(), null);

    private final EngineView engine;
    private final ImagesById images;
    private final Deadline deadline;

    Enquiry(EngineView engine, ImagesById images, Deadline deadline) {
        this.engine = engine;
        this.images = images;
        this.deadline = deadline;
    }

    /** What the engine said of what a body names. */
    record Known(ImageKnowledge image, EngineObjects objects) {
        static final Known NOTHING = new Known(ImageKnowledge.NONE, EngineObjects.NONE);
    }

    /** What a container to be created names: its image, and meanwhile its volumes and other containers. */
    Known known(Workload workload) throws EngineUnavailableException {
        FutureTask<EngineObjects> objects = new FutureTask<>(() -> objectsOf(workload));
        if (workload.volumes().isEmpty()) {
            objects.run();
        } else {
            Thread.startVirtualThread(objects);
        }
        try {
            return new Known(imageOf(workload), objects.get());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof EngineUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("the engine's volumes could not be asked for", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailableException("was not asked: the gate is about to stop");
        }
    }

    /** A container by name or identifier, empty where there is none. */
    Optional<JsonNode> container(String name) throws EngineUnavailableException {
        return engine.container(name, deadline);
    }

    /** The image that a container to be created names, as the engine resolves it now. */
    private ImageKnowledge imageOf(Workload workload) throws EngineUnavailableException {
        Container container = workload.containers().getFirst();
        if (!(container.image() instanceof Setting.Declared<String> image)) {
            return ImageKnowledge.NONE;
        }
        Optional<JsonNode> found = engine.image(image.value(), deadline);
        return of(image.value(), found.isPresent() ? read(found.get()) : BEST);
    }

    /**
     * The image that a container was made of, whatever its name stands for by now.
     *
     * @param container as the engine prints it
     */
    ImageKnowledge imageOf(JsonNode container) throws EngineUnavailableException {
        String id = container.path("Image").stringValue("");
        String name = container.path("Config").path("Image").stringValue("");
        if (id.isEmpty() || name.isEmpty()) {
            return ImageKnowledge.NONE;
        }
        Optional<ImageConfig> known = images.find(id);
        if (known.isPresent()) {
            return of(name, known.get());
        }
        // One that was removed by force leaves containers, which say themselves what it said.
        Optional<JsonNode> found = engine.image(id, deadline);
        return found.isPresent() ? of(name, read(found.get())) : ImageKnowledge.NONE;
    }

    private ImageConfig read(JsonNode image) throws EngineUnavailableException {
        try {
            ImageConfig config = InspectReader.knowledge(image, FieldPath.ROOT).config();
            images.learn(image.path("Id").stringValue(""), config);
            return config;
        } catch (MalformedBodyException malformed) {
            throw new EngineUnavailableException(
                    "described an image in a way that cannot be read: " + malformed.getMessage());
        }
    }

    private static ImageKnowledge of(String name, ImageConfig config) {
        return reference -> reference.equals(name) ? Optional.of(config) : Optional.empty();
    }

    /** The volumes and containers that a container to be created names. */
    private EngineObjects objectsOf(Workload workload) throws EngineUnavailableException {
        Set<String> containerNames = new LinkedHashSet<>();
        Set<String> volumeNames = new LinkedHashSet<>();
        for (Volume volume : workload.volumes()) {
            if (volume.isOfAnotherContainer()) {
                containerNames.add(volume.name());
            } else if (volume.sources().contains("volume") && !volume.name().isEmpty()) {
                volumeNames.add(volume.name());
            }
        }
        requireFew(containerNames);
        Map<String, JsonNode> containers = new LinkedHashMap<>();
        for (String name : containerNames) {
            engine.container(name, deadline).ifPresent(found -> containers.put(name, found));
        }
        containers.values().forEach(container -> volumeNames.addAll(EngineObjects.volumesOf(container)));
        return new EngineObjects(volumes(volumeNames), containers);
    }

    /**
     * The volumes that a container has mounted.
     *
     * @param container as the engine prints it
     */
    EngineObjects objectsOf(JsonNode container) throws EngineUnavailableException {
        return new EngineObjects(volumes(new LinkedHashSet<>(EngineObjects.volumesOf(container))), Map.of());
    }

    private Map<String, JsonNode> volumes(Set<String> names) throws EngineUnavailableException {
        requireFew(names);
        Map<String, JsonNode> volumes = new LinkedHashMap<>();
        for (String name : names) {
            engine.volume(name, deadline).ifPresent(found -> volumes.put(name, found));
        }
        return volumes;
    }

    private static void requireFew(Collection<String> names) throws EngineUnavailableException {
        if (names.size() > MOST_OBJECTS) {
            throw new EngineUnavailableException("was not asked: more than " + MOST_OBJECTS + " volumes are named");
        }
    }
}
