package dev.portcullis.registration;

import dev.portcullis.kubernetes.Manifests;
import dev.portcullis.policy.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of webhooks: pods and their subresources always, controllers of pods where a policy looks at them. Written out
 * with every default, as an API server gives them back.
 */
final class JudgedResources {
    private static final List<String> PODS = List.of("pods", "pods/ephemeralcontainers", "pods/resize");
    private static final List<String> CONNECTIONS = List.of("pods/attach", "pods/exec");

    private JudgedResources() {}

    /** What {@code /validate} is asked about under these policies. */
    static ArrayNode validated(PolicySet policies) {
        SortedMap<String, List<String>> resources = new TreeMap<>();
        resources.put("", new ArrayList<>(PODS));
        Manifests.controllers().forEach((kind, group) -> {
            if (policies.policies().stream().anyMatch(policy -> policy.looksAtKind(kind))) {
                resources.computeIfAbsent(group, _ -> new ArrayList<>()).add(resource(kind));
            }
        });
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        resources.forEach((group, names) -> rules.add(rule(group, List.of("CREATE", "UPDATE"), names)));
        rules.add(rule("", List.of("CONNECT"), CONNECTIONS));
        return rules;
    }

    /** What {@code /mutate} is asked about. */
    static ArrayNode mutated() {
        return JsonNodeFactory.instance.arrayNode().add(rule("", List.of("CREATE"), List.of("pods")));
    }

    /** As all kinds of controllers are called in URLs. */
    private static String resource(String kind) {
        return kind.toLowerCase(Locale.ROOT) + "s";
    }

    private static ObjectNode rule(String group, List<String> operations, List<String> resources) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.putArray("apiGroups").add(group);
        rule.putArray("apiVersions").add("v1");
        ArrayNode asked = rule.putArray("operations");
        operations.forEach(asked::add);
        ArrayNode named = rule.putArray("resources");
        resources.forEach(named::add);
        return rule.put("scope", "*");
    }
}
