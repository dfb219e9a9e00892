package dev.portcullis.catalogue;

import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Random choices of a generator, all from one seeded source; values are written as JSON with bare names and single quotes. */
record Draw(RandomGenerator random) {

    /** Written for a property that is not there. */
    static final String ABSENT = "";

    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .build();

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from 0 to {@code most}. */
    int upTo(int most) {
        return random.nextInt(most + 1);
    }

    <T> T oneOf(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    String oneOf(String... options) {
        return options[random.nextInt(options.length)];
    }

    /** Sets the property to one of the options, each a JSON value or {@link #ABSENT}. */
    void set(ObjectNode parent, String property, List<String> options) {
        var option = oneOf(options);
        if (option.equals(ABSENT)) {
            parent.remove(property);
        } else {
            parent.set(property, json(option));
        }
    }

    void set(ObjectNode parent, String property, String... options) {
        set(parent, property, List.of(options));
    }

    static JsonNode json(String text) {
        return LENIENT.readTree(text);
    }
}
