package dev.portcullis.history;

import dev.portcullis.catalogue.Disguise;
import dev.portcullis.workload.EnvironmentVariable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes out of a tree what the history must not keep: values of environment variables, texts that are seen to hold a secret,
 * long annotations, who manages which field. What checks find stays what it was; see {@link Disguise}.
 */
final class Masking {
    /** Characters of an annotation from which it is only said how long it was: it may hold whole objects. */
    private static final int LONGEST_ANNOTATION = 256;

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final Set<String> DROPPED = Set.of("managedFields", "extra");

    private Masking() {}

    /** Masks a tree in place. */
    static void mask(JsonNode tree) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(tree);
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case ObjectNode object -> maskMembers(object, open);
                case ArrayNode array -> maskElements(array, open);
                default -> {}
            }
        }
    }

    private static void maskMembers(ObjectNode object, Deque<JsonNode> open) {
        for (Iterator<Map.Entry<String, JsonNode>> members = object.properties().iterator(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            JsonNode value = member.getValue();
            if (DROPPED.contains(member.getKey()) && value.isContainer()) {
                members.remove();
            } else if (value instanceof StringNode text) {
                member.setValue(masked(text));
            } else {
                // An engine takes the name in any case.
                if (member.getKey().equalsIgnoreCase("env")) {
                    maskVariables(value);
                    maskAssignments(value);
                } else if (member.getKey().equals("annotations")) {
                    maskAnnotations(value);
                }
                open.push(value);
            }
        }
    }

    private static void maskElements(ArrayNode array, Deque<JsonNode> open) {
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            if (element instanceof StringNode text) {
                array.set(i, masked(text));
            } else {
                open.push(element);
            }
        }
    }

    private static StringNode masked(StringNode text) {
        String secret = Disguise.ofSecret(text.stringValue());
        return secret == null ? text : JsonNodeFactory.instance.stringNode(secret);
    }

    /** As a pod has them: objects with a name and a value. */
    private static void maskVariables(JsonNode variables) {
        for (JsonNode variable : variables) {
            if (variable instanceof ObjectNode object && object.get("value") instanceof StringNode value) {
                object.put("value", Disguise.of(value.stringValue()));
            }
        }
    }

    /** As an engine has them: {@code NAME=value}. */
    private static void maskAssignments(JsonNode assignments) {
        if (!(assignments instanceof ArrayNode array)) {
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            String text = array.get(i).stringValue("");
            int sign = text.indexOf('=');
            if (sign >= 0) {
                String name = text.substring(0, sign + 1);
                array.set(i, JsonNodeFactory.instance.stringNode(name + Disguise.of(text.substring(sign + 1))));
            }
        }
    }

    private static void maskAnnotations(JsonNode annotations) {
        if (!(annotations instanceof ObjectNode object)) {
            return;
        }
        for (Map.Entry<String, JsonNode> annotation : object.properties()) {
            String value = annotation.getValue().stringValue("");
            if (value.length() > LONGEST_ANNOTATION || annotation.getKey().equals(LAST_APPLIED)) {
                annotation.setValue(JsonNodeFactory.instance.stringNode(
                        EnvironmentVariable.REDACTED + " " + value.length() + " characters"));
            }
        }
    }
}
