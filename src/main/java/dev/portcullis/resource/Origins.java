package dev.portcullis.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where policies and exemptions come from, and which of them cannot be used.
 *
 * @param problem what is wrong with them as a whole, and what is in force instead; null where nothing is
 * @param policies each that was read, in no order
 * @param exemptions likewise
 * @param documents what they are written in, of those that are in force: kind, name and spec
 */
public record Origins(
        @Nullable String problem, List<Origin> policies, List<Origin> exemptions, List<JsonNode> documents) {
    /** Those of what is built in. */
    public static final Origins BUILT_IN = new Origins(null, List.of(), List.of(), List.of());

    /**
     * One of them.
     *
     * @param id its name; an exemption's with its namespace before it, where it has one: {@code NAMESPACE/NAME}
     * @param source the file, or {@code cluster}
     * @param problem why its newest version cannot be used; null where it can
     * @param used whether it, or an earlier version of it, is in force
     */
    public record Origin(String id, String source, @Nullable String problem, boolean used) {}
}
