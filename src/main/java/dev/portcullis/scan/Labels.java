package dev.portcullis.scan;

import dev.portcullis.policy.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Labels, and what chooses by them, as the API writes them. */
final class Labels {
    private Labels() {}

    static Map<String, String> of(JsonNode object) {
        return texts(object.path("metadata").path("labels"));
    }

    static Map<String, String> texts(JsonNode members) {
        Map<String, String> texts = new HashMap<>();
        members.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        return texts;
    }

    /** A {@code LabelSelector}. */
    static Selector selector(JsonNode written) {
        List<Selector.Requirement> all = expressions(written.path("matchExpressions"));
        texts(written.path("matchLabels")).forEach((key, value) -> all.add(new Selector.In(key, Set.of(value))));
        return new Selector(all);
    }

    /** What the API takes beside these, {@code Gt} and {@code Lt} of nodes, is taken to hold. */
    static List<Selector.Requirement> expressions(JsonNode written) {
        List<Selector.Requirement> all = new ArrayList<>();
        for (JsonNode expression : written) {
            String key = expression.path("key").asString("");
            Set<String> values = new HashSet<>();
            expression.path("values").forEach(value -> values.add(value.asString("")));
            switch (expression.path("operator").asString("")) {
                case "In" -> all.add(new Selector.In(key, values));
                case "NotIn" -> all.add(new Selector.NotIn(key, values));
                case "Exists" -> all.add(new Selector.Exists(key));
                case "DoesNotExist" -> all.add(new Selector.DoesNotExist(key));
                default -> {
                    // the comparing of numbers is left to the scheduler
                }
            }
        }
        return all;
    }
}
