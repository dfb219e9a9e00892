package dev.portcullis.engine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Where an engine takes requests of clients that show no certificate. It warns of that itself, in words that differ with its
 * version only before and behind these.
 *
 * @param address such as {@code http://0.0.0.0:2375}
 * @param warning the engine's own
 */
public record OpenAddress(String address, String warning) {
    private static final Pattern OPEN = Pattern.compile("API is accessible on (\\S+)");

    /** Those that {@code GET /info} tells of. */
    public static List<OpenAddress> in(JsonNode info) {
        return info.path("Warnings")
                .valueStream()
                .map(warning -> of(warning.stringValue("")))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<OpenAddress> of(String warning) {
        Matcher open = OPEN.matcher(warning);
        return open.find() ? Optional.of(new OpenAddress(open.group(1), warning)) : Optional.empty();
    }
}
