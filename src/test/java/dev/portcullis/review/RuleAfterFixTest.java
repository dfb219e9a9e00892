package dev.portcullis.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import dev.portcullis.inspection.Premises;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.workload.ImageDigests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What rules see of a container that fixes have changed. */
class RuleAfterFixTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path folder;

    private JsonNode review(String expression) throws Exception {
        PolicySet set = PolicyFiles.read(Files.writeString(
                folder.resolve("p.yaml"),
                "apiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\nmetadata: {name: p}\nspec:\n  profile: none\n  checks: {pids-limit: {}}\n  rules:\n  - name: r\n    expression: \""
                        + expression + "\"\n"));
        byte[] body =
                "{\"apiVersion\": \"portcullis.dev/v1alpha1\", \"kind\": \"ContainerReview\", \"request\": {\"uid\": \"1\", \"operation\": \"CREATE\", \"name\": \"web\", \"config\": {\"Image\": \"web:1\", \"HostConfig\": {}}}}"
                        .getBytes(StandardCharsets.UTF_8);
        JsonNode response = JSON.readTree(new Reviews(() -> set, Premises.NONE, ImageDigests.NONE, ContainerEvents.NONE)
                        .containerReview(body))
                .path("response");
        return response;
    }

    @Test
    void aRuleSeesWhatTheFixesMade() throws Exception {
        assertThat(review("workload.containers.all(c, has(c.pidsLimit))")
                        .path("allowed")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void aRuleIsAskedOfWhatTheFixesMade() throws Exception {
        assertThat(review("workload.containers.all(c, !has(c.pidsLimit))")
                        .path("allowed")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void aFixForPodsIsNotWrittenIntoContainers() throws Exception {
        PolicySet set = PolicyFiles.read(Files.writeString(folder.resolve("p.yaml"), """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: p}
                spec:
                  profile: none
                  rules:
                  - name: r
                    expression: workload.containers.all(c, has(c.memoryLimit))
                    fix: {patch: [{op: add, path: /spec/hostNetwork, value: false}]}
                """));
        byte[] body = "{\"Image\": \"web:1\", \"HostConfig\": {}}".getBytes(StandardCharsets.UTF_8);
        Inspection.Judged judged = (Inspection.Judged)
                new Inspector(set, null, false).inspect("x", body, 10).getFirst();
        assertThat(judged.report().allowed()).isFalse();
        assertThat(judged.patch()).isEmpty();
    }
}
