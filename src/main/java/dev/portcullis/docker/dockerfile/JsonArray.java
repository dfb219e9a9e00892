package dev.portcullis.docker.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exec form of arguments: {@code ["program", "argument"]}. */
final class JsonArray {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonArray() {}

    /**
     * The strings of an array; null where the text is none, which then is the shell form.
     *
     * @throws Misread where it is an array of other things, as builders do
     */
    static @Nullable List<String> read(String text) throws Misread {
        String json = GoSpace.trimLeft(text);
        if (!json.startsWith("[")) {
            return null;
        }
        JsonNode array;
        try {
            array = STRICT.readTree(json);
        } catch (StreamConstraintsException tooMuch) {
            throw Misread.beyond("the JSON array is nested too deep or its numbers are too long", "write strings only");
        } catch (JacksonException noJson) {
            return null;
        }
        List<String> strings = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isString()) {
                throw new Misread(
                        "when using JSON array syntax, arrays must be comprised of strings only",
                        "put every argument in double quotes");
            }
            strings.add(whole(element.stringValue()));
        }
        return strings;
    }

    /** A lone surrogate is replaced, as Go does. */
    private static String whole(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }
}
