package dev.portcullis.live;

import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Policy;
import dev.portcullis.resource.ClusterResources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Resources as a cluster holds them. */
final class Resources {
    static final String GOOD = "{\"profile\": \"baseline\"}";
    static final String OTHER = "{\"profile\": \"restricted\"}";
    static final String BAD = "{\"profil\": \"baseline\"}";

    private Resources() {}

    static JsonNode policy(String name, String uid, int generation, String spec) {
        return resource("HardeningPolicy", "\"name\": \"" + name + "\"", uid, generation, spec);
    }

    static JsonNode exemption(String name, int generation, String expiresAt) {
        return resource(
                "HardeningExemption",
                "\"namespace\": \"held\", \"name\": \"" + name + "\"",
                "u",
                generation,
                """
                {"subject": {"namespace": "shop", "kind": "Pod", "name": "web"}, "checks": ["privileged"],
                "owner": "o", "reason": "r", "expiresAt": "%s"}""".formatted(expiresAt));
    }

    private static JsonNode resource(String kind, String name, String uid, int generation, String spec) {
        return JsonMapper.shared().readTree("""
                {"apiVersion": "portcullis.dev/v1alpha1", "kind": "%s", "metadata": {%s, "uid": "%s",
                "generation": %d, "resourceVersion": "7"}, "spec": %s}""".formatted(kind, name, uid, generation, spec));
    }

    static LastGood<Policy> policies() {
        return new LastGood<>(ClusterResources::policy, true, new Alarms(new SimpleMeterRegistry()));
    }

    static LastGood<Exemption> exemptions() {
        return new LastGood<>(ClusterResources::exemption, false, new Alarms(new SimpleMeterRegistry()));
    }
}
