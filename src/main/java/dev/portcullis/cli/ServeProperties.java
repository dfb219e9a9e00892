package dev.portcullis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The configuration's properties as {@code serve --help} lists them, from what the build says about them. */
final class ServeProperties {
    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    private static final String INDENT = "      ";
    private static final int WIDTH = 80;

    private ServeProperties() {}

    static String help() {
        StringJoiner lines = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        lines.add("");
        lines.add("Properties, as --NAME=VALUE here, in application.yaml or in the environment:");
        for (JsonNode property : metadata().path("properties")) {
            String value = property.path("defaultValue").asString("");
            lines.add("  " + property.path("name").asString("") + (value.isEmpty() ? "" : " (" + value + ")"));
            wrap(property.path("description").asString(""), lines);
        }
        lines.add("");
        lines.add("Try: portcullis serve --portcullis.default-mode=warn");
        return lines.toString();
    }

    private static void wrap(String text, StringJoiner lines) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }

    private static JsonNode metadata() {
        try (InputStream metadata = ServeProperties.class.getResourceAsStream(METADATA)) {
            return metadata == null
                    ? JsonMapper.shared().createObjectNode()
                    : JsonMapper.shared().readTree(metadata);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
