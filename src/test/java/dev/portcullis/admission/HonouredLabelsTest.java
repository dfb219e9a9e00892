package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.testing.KnownCluster;
import dev.portcullis.testing.Reviews;
import dev.portcullis.testing.SilentEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the labels of a namespace lead to beside what a policy asks itself. */
class HonouredLabelsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path folder;

    @Test
    void fixFalseHoldsForLabelsToo() throws Exception {
        KnownCluster cluster =
                new KnownCluster().with("shop", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        PolicySet set = PolicyFiles.read(
                Files.writeString(
                        folder.resolve("p.yaml"),
                        "apiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\nmetadata: {name: p}\nspec: {profile: none, fix: false, podSecurityLabels: honour}\n"));
        byte[] review = JSON.writeValueAsBytes(
                Reviews.create(
                        Reviews.object(
                                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: web, image: 'web:1'}]}}")));
        JsonNode response = JSON.readTree(
                        new Admission(() -> set, cluster, InstantSource.system(), new SilentEvents()).mutate(review))
                .path("response");
        assertThat(response.has("patch")).isFalse();
    }

    @Test
    void namespaceWithoutLabelsHasNone() throws Exception {
        KnownCluster cluster = new KnownCluster().with("shop", Map.of());
        PolicySet set = PolicyFiles.read(
                Files.writeString(
                        folder.resolve("p.yaml"),
                        "apiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\nmetadata: {name: p}\nspec: {profile: none, rules: [{name: r, expression: '!has(namespaceObject.metadata.labels)'}]}\n"));
        byte[] review = JSON.writeValueAsBytes(
                Reviews.create(
                        Reviews.object(
                                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: web, image: 'web:1'}]}}")));
        JsonNode response = JSON.readTree(
                        new Admission(() -> set, cluster, InstantSource.system(), new SilentEvents()).validate(review))
                .path("response");
        assertThat(response.path("allowed").booleanValue()).isTrue();
    }

    private boolean updated(String profile) throws Exception {
        KnownCluster cluster =
                new KnownCluster().with("shop", Map.of("pod-security.kubernetes.io/enforce", "baseline"));
        PolicySet set = PolicyFiles.read(Files.writeString(
                folder.resolve("p.yaml"),
                "apiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\nmetadata: {name: p}\nspec: {profile: "
                        + profile + ", podSecurityLabels: honour}\n"));
        var before = Reviews.object(
                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: web, image: 'web:1', securityContext: {privileged: true}}, {name: side, image: 'side:1'}]}}");
        var after = before.deepCopy();
        ((tools.jackson.databind.node.ObjectNode) after.at("/spec/containers/1")).put("image", "side:2");
        JsonNode response = JSON.readTree(new Admission(() -> set, cluster, InstantSource.system(), new SilentEvents())
                        .validate(JSON.writeValueAsBytes(Reviews.update(before, after))))
                .path("response");
        return response.path("allowed").booleanValue();
    }

    @Test
    void aProfileBesideLabelsDoesNotWeakenThem() throws Exception {
        assertThat(updated("none")).isFalse();
        assertThat(updated("baseline")).isFalse();
    }
}
