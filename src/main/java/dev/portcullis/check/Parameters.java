package dev.portcullis.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of a check's parameters: the policy's where it has one, else the default. */
public final class Parameters {
    private final Map<String, Object> values;

    private Parameters(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * A check's parameters with some of them set.
     *
     * @throws IllegalArgumentException where a name is unknown or a value has another type than the default
     */
    public static Parameters of(CheckInfo info, Map<String, Object> set) {
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : info.parameters()) {
            values.put(parameter.name(), parameter.defaultValue());
        }
        set.forEach((name, value) -> {
            Object known = values.get(name);
            if (known == null) {
                throw new IllegalArgumentException("check " + info.id() + " has no parameter " + name);
            }
            if (known instanceof Long != value instanceof Long) {
                throw new IllegalArgumentException("parameter " + name + " of check " + info.id() + " is "
                        + (known instanceof Long ? "a whole number" : "a list of strings"));
            }
            values.put(name, value);
        });
        return new Parameters(values);
    }

    /** A whole number. */
    public long number(String name) {
        return (Long) Objects.requireNonNull(values.get(name), name);
    }

    /** A list of strings. */
    @SuppressWarnings("unchecked")
    public List<String> strings(String name) {
        return (List<String>) Objects.requireNonNull(values.get(name), name);
    }

    /** All of them: whole numbers and lists of strings. */
    public Map<String, Object> values() {
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameters parameters && values.equals(parameters.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
