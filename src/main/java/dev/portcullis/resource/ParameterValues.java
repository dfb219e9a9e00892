package dev.portcullis.resource;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Level;
import dev.portcullis.check.Parameter;
import dev.portcullis.policy.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code parameters} of a check or an act. */
final class ParameterValues {
    private ParameterValues() {}

    /** Those that are set, by name. */
    static Map<String, Object> read(@Nullable Field parameters, CheckInfo check, Profile profile) {
        Map<String, Object> values = new HashMap<>();
        if (parameters == null || !parameters.isObject()) {
            return values;
        }
        for (String name : parameters.names()) {
            Field field = parameters.member(name);
            Parameter parameter = parameter(check, name);
            if (field != null && parameter == null) {
                refuseUnknown(field, name, check);
            } else if (field != null && parameter != null) {
                refuseIdle(field, parameter, profile);
                values.put(name, value(field, parameter));
            }
        }
        return values;
    }

    private static @Nullable Parameter parameter(CheckInfo check, String name) {
        return check.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static void refuseUnknown(Field field, String name, CheckInfo check) {
        List<String> known = check.parameters().stream().map(Parameter::name).toList();
        field.refuseMember(
                known.isEmpty()
                        ? "this check has no parameters: remove it"
                        : "there is no such parameter; "
                                + Field.hint(name, known, check.id() + " has " + String.join(", ", known)));
    }

    /** What the profile would pass over in silence must not look as if it counted. */
    private static void refuseIdle(Field field, Parameter parameter, Profile profile) {
        if (parameter.onlyHardened() && profile.level() != Level.HARDENED) {
            field.refuseMember("profile " + profile.id()
                    + " is read to the letter, without this parameter: remove it, or choose profile hardened");
        }
    }

    /** What was written, or the default where that cannot be used, which is told. */
    private static Object value(Field field, Parameter parameter) {
        if (!(parameter.defaultValue() instanceof Long)) {
            return strings(field, parameter.shape());
        }
        Long number = field.wholeNumber();
        if (number != null && number < 1) {
            field.refuse("must be 1 or more");
        }
        return number == null ? parameter.defaultValue() : number;
    }

    /** The strings of a list; a blank one is told. */
    static List<String> strings(Field field) {
        return strings(field, null);
    }

    private static List<String> strings(Field field, Parameter.@Nullable Shape shape) {
        List<String> strings = new ArrayList<>();
        for (Field element : field.elements()) {
            String text = element.text();
            if (text != null && text.isBlank()) {
                element.refuse("is blank: write a value, or remove it");
            } else if (text != null
                    && shape != null
                    && !shape.pattern().matcher(text).matches()) {
                element.refuse("must be " + shape.words());
            } else if (text != null) {
                strings.add(text);
            }
        }
        return strings;
    }
}
