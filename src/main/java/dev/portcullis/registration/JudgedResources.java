package dev.portcullis.registration;

import dev.portcullis.policy.PolicySet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** From a kind to its group and resource. */
    private static final Map<String, GroupResource> CONTROLLERS = controllers();

    private record GroupResource(String group, String resource) {}

    private JudgedResources() {}

    private static Map<String, GroupResource> controllers() {
        Map<String, GroupResource> controllers = new LinkedHashMap<>();
        controllers.put("ReplicationController", new GroupResource("", "replicationcontrollers"));
        controllers.put("PodTemplate", new GroupResource("", "podtemplates"));
        controllers.put("DaemonSet", new GroupResource("apps", "daemonsets"));
        controllers.put("Deployment", new GroupResource("apps", "deployments"));
        controllers.put("ReplicaSet", new GroupResource("apps", "replicasets"));
        controllers.put("StatefulSet", new GroupResource("apps", "statefulsets"));
        controllers.put("CronJob", new GroupResource("batch", "cronjobs"));
        controllers.put("Job", new GroupResource("batch", "jobs"));
        return controllers;
    }

    /** What {@code /validate} is asked about under these policies. */
    static ArrayNode validated(PolicySet policies) {
        Map<String, List<String>> resources = new LinkedHashMap<>();
        resources.put("", new ArrayList<>(PODS));
        CONTROLLERS.forEach((kind, place) -> {
            if (policies.policies().stream().anyMatch(policy -> policy.looksAtKind(kind))) {
                resources.computeIfAbsent(place.group, _ -> new ArrayList<>()).add(place.resource);
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
