package dev.portcullis.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart in {@code helm/portcullis}, rendered by Helm itself as a release {@code portcullis} in a namespace of that name. */
public final class Chart {
    /** Where it is. */
    public static final Path FOLDER = Path.of("helm", "portcullis");

    /** The newest Kubernetes that it is for. */
    public static final String NEWEST = "1.36.0";

    /** Values with a digest, which only whoever pushed the image knows. */
    public static final String PINNED =
            "image: {digest: 'sha256:0000000000000000000000000000000000000000000000000000000000000000'}\n";

    /** Values with everything that is optional and that Kubernetes knows by itself. */
    public static final String OPTIONS = PINNED + """
            imagePullSecrets: [{name: registry}]
            gate:
              autoscaling: {enabled: true}
              nodeSelector: {kubernetes.io/os: linux}
              tolerations: [{key: gate, operator: Exists, effect: NoSchedule}]
              affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [{key: gate, operator: Exists}]}}]}}
              podLabels: {team: platform}
              podAnnotations: {example.com/contact: platform}
            policy: {checks: {privileged: {mode: enforce}}, match: {namespaces: {exclude: [legacy]}}, exemptionNamespaces: [security]}
            config: {admission.body-limit: 16MB, registry.enabled: false}
            console:
              nodeSelector: {kubernetes.io/os: linux}
              tolerations: [{key: console, operator: Exists, effect: NoSchedule}]
              podLabels: {team: platform}
              podAnnotations: {example.com/contact: platform}
              persistence: {enabled: true, size: 10Gi, storageClass: fast}
              config: {history.bodies: 64MB}
            scan: {enabled: true, interval: 30m}
            reports: {form: openreports, mostResults: 1000}
            webhook: {clients: {configMap: api-servers, names: [kube-apiserver, front-proxy]}}
            networkPolicy: {admissionFrom: [{ipBlock: {cidr: 10.0.0.0/8}}], consoleFrom: [{podSelector: {}}], extraEgress: [{ports: [{port: 53, protocol: UDP}]}]}
            """;

    /** Those, and what the Prometheus operator and Grafana know. */
    static final String EVERYTHING = OPTIONS
            + "metrics: {serviceMonitor: {enabled: true}, prometheusRule: {enabled: true}, dashboard: {enabled: true}}\n";

    private Chart() {}

    /**
     * The rendered objects as YAML, with the comments of the templates.
     *
     * @param kubernetes such as {@code 1.36.0}
     * @param values YAML
     * @throws IllegalStateException with Helm's words where it refuses
     */
    public static String text(String kubernetes, String values) {
        try {
            Path file = Files.writeString(Files.createTempFile("values", ".yaml"), values);
            try {
                TemplateCommand command = new Helm(FOLDER)
                        .template()
                        .withName("portcullis")
                        .withNamespace("portcullis")
                        .withKubeVersion(kubernetes)
                        .skipCrds()
                        .withValuesFile(file);
                return command.call();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rendered objects. */
    static List<JsonNode> objects(String kubernetes, String values) {
        return parse(text(kubernetes, values));
    }

    /** The objects in a text. */
    static List<JsonNode> parse(String text) {
        Iterable<Object> documents = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text);
        return StreamSupport.stream(documents.spliterator(), false)
                .map(JsonMapper.shared()::<JsonNode>valueToTree)
                .filter(JsonNode::isObject)
                .toList();
    }

    /** The one object of a kind whose name ends so. */
    static JsonNode one(List<JsonNode> objects, String kind, String end) {
        return objects.stream()
                .filter(object -> object.path("kind").asString("").equals(kind))
                .filter(object -> object.at("/metadata/name").asString("").endsWith(end))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " *" + end));
    }
}
