package dev.portcullis.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JudgedResourcesTest {
    /** By the names that `kubectl api-resources` has for them. */
    @Test
    void areAllThatHoldPodsWhereAPolicyLooksAtEverything() {
        assertThat(JudgedResources.validated(BuiltInPolicies.set(Mode.ENFORCE))).isEqualTo(json("""
                [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "scope": "*",
                  "resources": ["pods", "pods/ephemeralcontainers", "pods/resize", "podtemplates", "replicationcontrollers"]},
                 {"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "scope": "*",
                  "resources": ["daemonsets", "deployments", "replicasets", "statefulsets"]},
                 {"apiGroups": ["batch"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "scope": "*",
                  "resources": ["cronjobs", "jobs"]},
                 {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CONNECT"], "scope": "*",
                  "resources": ["pods/attach", "pods/exec"]}]
                """));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
