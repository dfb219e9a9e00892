package broken.portcullis.workload;

import tools.jackson.databind.JsonNode;

/** Brings a library into the core. */
public record KnowsJackson(JsonNode json) {}
