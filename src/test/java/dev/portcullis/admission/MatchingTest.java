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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which policies apply to a privileged pod that ann asks for. */
class MatchingTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path folder;

    private final KnownCluster cluster = new KnownCluster()
            .with("shop", Map.of("team", "shop", "tier", "gold"))
            .with("bare", Map.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                                          | false
            {namespaces: {selector: {matchLabels: {team: shop}}}}                                       | false
            {namespaces: {selector: {matchLabels: {team: shop, tier: silver}}}}                         | true
            {namespaces: {selector: {matchExpressions: [{key: tier, operator: In, values: [gold, a]}]}}} | false
            {namespaces: {selector: {matchExpressions: [{key: tier, operator: NotIn, values: [gold]}]}}} | true
            {namespaces: {selector: {matchExpressions: [{key: none, operator: NotIn, values: [gold]}]}}} | false
            {namespaces: {selector: {matchExpressions: [{key: tier, operator: Exists}]}}}               | false
            {namespaces: {selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}}         | true
            {namespaces: {selector: {matchLabels: {team: shop}}, exclude: [shop]}}                      | true
            {kinds: [Pod]}                                                                              | false
            {platforms: [docker]}                                                                       | true
            """)
    void choosesByWhatMatchSays(String match, boolean allowed) throws Exception {
        assertThat(validate(policy("enforce", match), "shop").path("allowed").booleanValue())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            warn  | {objects: {selector: {matchLabels: {app: web}}}} | true
            warn  | {objects: {selector: {matchLabels: {app: db}}}}  | false
            audit | {users: [ann]}                                   | true
            audit | {users: [bob]}                                   | false
            audit | {groups: [developers]}                           | true
            audit | {users: [bob], groups: [developers]}             | true
            audit | {groups: [admins]}                               | false
            """)
    void choosesByLabelsAndWhoAsksWhereNothingIsEnforced(String mode, String match, boolean applies) throws Exception {
        JsonNode annotations = validate(policy(mode, match), "shop").path("auditAnnotations");
        assertThat(annotations.path("failed-" + mode).asString("")).isEqualTo(applies ? "privileged" : "");
    }

    @Test
    void asksForANamespaceOnlyWhereItMatters() throws Exception {
        validate(policy("enforce", "{kinds: [Pod], namespaces: {exclude: [other]}}"), "unknown");
        validate(policy("enforce", "{platforms: [docker], namespaces: {selector: {matchLabels: {a: b}}}}"), "unknown");
        validate(policy("enforce", "{namespaces: {exclude: [unknown], selector: {matchLabels: {a: b}}}}"), "unknown");
        assertThat(cluster.askedFor()).isEmpty();
        PolicySet twice = set(text("enforce", "{namespaces: {selector: {matchLabels: {a: b}}}}")
                + "---\n"
                + text("warn", "{namespaces: {selector: {matchLabels: {c: d}}}}")
                        .replace("name: one", "name: two"));
        validate(twice, "shop");
        assertThat(cluster.askedFor()).containsExactly("shop");
    }

    @Test
    void deniesWhereTheNamespaceCannotBeKnown() throws Exception {
        JsonNode answer = validate(policy("enforce", "{namespaces: {selector: {matchLabels: {a: b}}}}"), "gone");
        assertThat(answer.path("allowed").booleanValue()).isFalse();
        assertThat(answer.at("/status/message").asString(""))
                .contains("namespace gone could not be looked up, so whether policy one applies is not known");
    }

    @Test
    void onlyWarnsWhereThePolicyWouldOnlyWarn() throws Exception {
        JsonNode answer = validate(policy("warn", "{namespaces: {selector: {matchLabels: {a: b}}}}"), "gone");
        assertThat(answer.path("allowed").booleanValue()).isTrue();
        assertThat(answer.path("warnings").toString()).contains("namespace gone could not be looked up");
    }

    @Test
    void deniesWhereLabelsAreHonouredThatCannotBeKnown() throws Exception {
        String honouring = text("warn", "{}").replace("spec:", "spec:\n  podSecurityLabels: honour");
        JsonNode answer = validate(set(honouring), "gone");
        assertThat(answer.path("allowed").booleanValue()).isFalse();
    }

    @Test
    void takesTheStrictestOfSeveral() throws Exception {
        PolicySet both = set(text("warn", "{}") + "---\n"
                + text("enforce", "{namespaces: {selector: {matchLabels: {team: shop}}}}")
                        .replace("name: one", "name: two"));
        assertThat(validate(both, "shop").path("allowed").booleanValue()).isFalse();
        JsonNode bare = validate(both, "bare");
        assertThat(bare.path("allowed").booleanValue()).isTrue();
        assertThat(bare.at("/auditAnnotations/policy").asString("")).isEqualTo("one");
        assertThat(bare.at("/auditAnnotations/failed-warn").asString("")).isEqualTo("privileged");
    }

    private PolicySet policy(String mode, String match) throws Exception {
        return set(text(mode, match));
    }

    private PolicySet set(String text) throws Exception {
        return PolicyFiles.read(Files.writeString(folder.resolve("policy.yaml"), text));
    }

    private static String text(String mode, String match) {
        return """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: one}
                spec:
                  profile: none
                  mode: %s
                  match: %s
                  checks: {privileged: {}}
                """.formatted(mode, match);
    }

    private JsonNode validate(PolicySet policies, String namespace) throws Exception {
        ObjectNode pod = Reviews.object(
                "{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}, namespace: " + namespace
                        + "}, spec: {containers: [{name: web, image: web:1, securityContext: {privileged: true}}]}}");
        Admission admission = new Admission(() -> policies, cluster, InstantSource.system(), new SilentEvents());
        return JSON.readTree(admission.validate(JSON.writeValueAsBytes(Reviews.create(pod))))
                .path("response");
    }
}
