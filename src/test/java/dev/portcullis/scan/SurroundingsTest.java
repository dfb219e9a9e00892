package dev.portcullis.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cluster.Kind;
import dev.portcullis.kubernetes.PodFacts;
import dev.portcullis.workload.Setting.Observation;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is known of pods from volumes, network policies and nodes. */
class SurroundingsTest {
    private final Surroundings surroundings = new Surroundings();

    @ParameterizedTest
    @CsvSource({"hostPath, /etc", "local, /mnt/disks/a"})
    void aBoundVolumeOfTheHostIsFoundBehindItsClaim(String source, String path) {
        assertThat(surroundings.seen(Kind.PERSISTENT_VOLUME, volume("pv", source, path, "data")))
                .isEqualTo(new Surroundings.Namespaces(Set.of("shop")));

        assertThat(around(
                                "{volumes: [{persistentVolumeClaim: {claimName: data}}, {persistentVolumeClaim: {claimName: no}}]}")
                        .hostPaths())
                .isEqualTo(Map.of("data", path));
        assertThat(surroundings
                        .around("other", pod("{volumes: [{persistentVolumeClaim: {claimName: data}}]}"))
                        .hostPaths())
                .isEmpty();

        // Seen again, nobody is concerned; bound to another, both are; gone, it is forgotten.
        assertThat(surroundings.seen(Kind.PERSISTENT_VOLUME, volume("pv", source, path, "data")))
                .isEqualTo(new Surroundings.Namespaces(Set.of()));
        surroundings.seen(Kind.PERSISTENT_VOLUME, volume("pv", source, path, "more"));
        assertThat(around("{volumes: [{persistentVolumeClaim: {claimName: data}}]}")
                        .hostPaths())
                .isEmpty();
        assertThat(surroundings.gone(Kind.PERSISTENT_VOLUME, "", "pv"))
                .isEqualTo(new Surroundings.Namespaces(Set.of("shop")));
        assertThat(around("{volumes: [{persistentVolumeClaim: {claimName: more}}]}")
                        .hostPaths())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{podSelector: {}} | true",
                "{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress, Egress]} | true",
                "{podSelector: {matchLabels: {app: db}}} | false",
                "{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [db]}]}} | true",
                "{podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}} | false",
                "{podSelector: {}, policyTypes: [Egress]} | false",
                "{podSelector: {}, ingress: [{}]} | false",
                "{podSelector: {}, ingress: [{ports: [{port: 80}]}]} | true",
                "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]} | true",
            })
    void aPolicyThatChoosesAPodForIngressIsolatesIt(String spec, boolean isolated) {
        surroundings.know(Kind.NETWORK_POLICY);
        surroundings.seen(Kind.NETWORK_POLICY, json("{metadata: {namespace: shop, name: np}, spec: " + spec + "}"));

        assertThat(Objects.requireNonNull(around("{}").networkIsolated()).value())
                .isEqualTo(isolated);
        assertThat(Objects.requireNonNull(around("{hostNetwork: true}").networkIsolated())
                        .value())
                .isFalse();

        surroundings.gone(Kind.NETWORK_POLICY, "shop", "np");
        assertThat(Objects.requireNonNull(around("{}").networkIsolated()).value())
                .isFalse();
    }

    @Test
    void nobodyKnowsWhatWasNotListed() {
        assertThat(around("{}")).isEqualTo(PodFacts.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{nodeName: a} | podPidsLimit of node a is 100",
                "{nodeName: gone} | null",
                "{} | podPidsLimit of node c is -1",
                "{nodeSelector: {pool: small}} | podPidsLimit of node b is 200",
                "{nodeSelector: {pool: none}} | null",
                "{nodeSelector: {pool: silent}} | null",
                "{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: pool, operator: In, values: [small]}]}]}}}} | podPidsLimit of node b is 200",
                "{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [a]}]}]}}}} | podPidsLimit of node a is 100",
            })
    void theWorstNodeThatMayRunAPodCounts(String spec, String expected) {
        Nodes nodes = new Nodes();
        node(nodes, "a", "small", 100L);
        node(nodes, "b", "small", 200L);
        node(nodes, "c", "large", -1L);
        if (expected.equals("null") && spec.contains("silent")) {
            node(nodes, "d", "silent", null);
        }

        Observation<Long> limit = nodes.pidsLimit(json(spec));

        assertThat(limit == null ? "null" : limit.state()).isEqualTo(expected);
    }

    private static void node(Nodes nodes, String name, String pool, @Nullable Long limit) {
        nodes.seen(json("{metadata: {name: " + name + ", labels: {pool: " + pool + "}}}"));
        if (limit != null) {
            nodes.tell(name, limit);
        }
    }

    @Test
    void aReleasedVolumeIsNotBehindTheClaimThatCameAfterIt() {
        surroundings.seen(Kind.PERSISTENT_VOLUME, volume("old", "hostPath", "/old", "data"));
        surroundings.seen(Kind.PERSISTENT_VOLUME, volume("new", "local", "/new", "data"));
        ObjectNode released = (ObjectNode) volume("old", "hostPath", "/old", "data");
        released.putObject("status").put("phase", "Released");
        surroundings.seen(Kind.PERSISTENT_VOLUME, released);

        assertThat(around("{volumes: [{persistentVolumeClaim: {claimName: data}}]}")
                        .hostPaths())
                .isEqualTo(Map.of("data", "/new"));
    }

    private static JsonNode volume(String name, String source, String path, String claim) {
        return json("{metadata: {name: " + name + "}, spec: {" + source + ": {path: " + path
                + "}, claimRef: {namespace: shop, name: " + claim + "}}}");
    }

    private PodFacts around(String spec) {
        return surroundings.around("shop", pod(spec));
    }

    private static JsonNode pod(String spec) {
        return json("{metadata: {labels: {app: web}}, spec: " + spec + "}");
    }

    /** Of YAML. */
    private static JsonNode json(String yaml) {
        return JsonMapper.shared().valueToTree(new Yaml().<Object>load(yaml));
    }
}
