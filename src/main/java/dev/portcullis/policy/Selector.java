package dev.portcullis.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses by labels, as Kubernetes' {@code LabelSelector} does.
 *
 * @param requirements all of which must hold
 */
public record Selector(List<Requirement> requirements) {
    /** Chooses everything. */
    public static final Selector EVERYTHING = new Selector(List.of());

    /** What is asked of one label. */
    public sealed interface Requirement {
        /** Whether labels meet it. */
        boolean holds(Map<String, String> labels);
    }

    /** The label is there and has one of these values. */
    public record In(String key, Set<String> values) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return value != null && values.contains(value);
        }
    }

    /** The label is not there or has none of these values. */
    public record NotIn(String key, Set<String> values) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return value == null || !values.contains(value);
        }
    }

    /** The label is there. */
    public record Exists(String key) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            return labels.containsKey(key);
        }
    }

    /** The label is not there. */
    public record DoesNotExist(String key) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            return !labels.containsKey(key);
        }
    }

    /** Whether labels do not matter. */
    public boolean choosesEverything() {
        return requirements.isEmpty();
    }

    /** Whether labels meet every requirement. */
    public boolean chooses(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.holds(labels)) {
                return false;
            }
        }
        return true;
    }
}
