package dev.portcullis.docker;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request to a Docker engine.
 *
 * @param method as in the request line
 * @param uri the target of the request line, raw: path and query, or an absolute URI
 * @param contentType the header's value, null where there is none
 * @param body null where none arrived, or none that is JSON
 */
public record EngineRequest(
        String method,
        String uri,
        @Nullable String contentType,
        @Nullable JsonNode body) {}
