package dev.portcullis.engine;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What can be asked of an engine about what it has; empty is what it does not have. */
public interface EngineView {
    /**
     * An image, as {@code GET /images/{name}/json} prints it.
     *
     * @param name a reference or an identifier, resolved now
     */
    Optional<JsonNode> image(String name, Deadline deadline) throws EngineUnavailableException;

    /** A container by name or identifier, as {@code GET /containers/{id}/json} prints it. */
    Optional<JsonNode> container(String name, Deadline deadline) throws EngineUnavailableException;

    /** A volume by name, as {@code GET /volumes/{name}} prints it. */
    Optional<JsonNode> volume(String name, Deadline deadline) throws EngineUnavailableException;
}
