package dev.portcullis.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Helm makes of the chart. */
final class ChartTest {
    static final List<String> KUBERNETES = List.of("1.33.0", "1.34.0", "1.35.0", Chart.NEWEST);
    private static final String CERT_MANAGER = Chart.PINNED + "certificates: {mode: cert-manager}\n";
    private static final String FILES = Chart.PINNED + "certificates: {mode: files, secretName: corporate}\n";

    @Test
    void helmFindsNothingToSay() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        // It wants an icon, which a chart may have.
        assertThat(result.getMessages())
                .filteredOn(message -> !message.contains("icon is recommended"))
                .noneMatch(message -> message.contains("[WARNING]") || message.contains("[ERROR]"));
    }

    @Test
    void hasTheVersionOfTheProject() throws IOException {
        String version = Pattern.compile("<artifactId>portcullis</artifactId>\\s*<version>([^<-]+)")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(Files.readString(Chart.FOLDER.resolve("Chart.yaml")))
                .contains("\nversion: " + version + "\n", "\nappVersion: " + version + "\n");
    }

    @ParameterizedTest
    @FieldSource("KUBERNETES")
    void podsPassHardenedWithOneStatedException(String kubernetes) throws IOException {
        Set<String> exceptions = kubernetes.equals(Chart.NEWEST) ? Set.of() : Set.of("user-namespace");
        for (String values : List.of(Chart.PINNED, Chart.EVERYTHING, CERT_MANAGER, FILES)) {
            String manifests = Chart.text(kubernetes, values);
            assertThat(Set.copyOf(Judgement.failures("hardened", manifests)))
                    .as(values)
                    .isEqualTo(exceptions);
            assertThat(Judgement.failures("restricted", manifests)).as(values).isEmpty();
        }
    }

    @Test
    void withoutADigestPodsFailThatCheckAlone() throws IOException {
        assertThat(Judgement.failures("hardened", Chart.text(Chart.NEWEST, ""))).containsOnly("image-digest");
    }

    @Test
    void userNamespacesCanBeChosen() {
        assertThat(podSpec(Chart.objects("1.33.0", "hostUsers: false"))
                        .path("hostUsers")
                        .asBoolean(true))
                .isFalse();
        assertThat(podSpec(Chart.objects(Chart.NEWEST, "hostUsers: true"))
                        .path("hostUsers")
                        .asBoolean(false))
                .isTrue();
        assertThat(podSpec(Chart.objects("1.35.0", "")).has("hostUsers")).isFalse();
    }

    @Test
    void gatesAreGivenTheTimeToDrain() {
        JsonNode pod = podSpec(Chart.objects(Chart.NEWEST, "gate: {drainSeconds: 45}"));
        assertThat(pod.at("/containers/0/args").toString()).contains("\"--portcullis.admission.drain=45s\"");
        assertThat(pod.path("terminationGracePeriodSeconds").asInt(0)).isEqualTo(75);
    }

    @Test
    void refusesOlderKubernetes() {
        assertThatThrownBy(() -> Chart.text("1.32.9", "")).hasMessageContaining("1.33");
    }

    @ParameterizedTest
    @FieldSource("KUBERNETES")
    void usesNothingUnfinished(String kubernetes) {
        for (String values : List.of(Chart.EVERYTHING, CERT_MANAGER)) {
            assertThat(Chart.objects(kubernetes, values))
                    .extracting(object -> object.path("apiVersion").asString(""))
                    .filteredOn(version -> !version.equals("portcullis.dev/v1alpha1"))
                    .allMatch(version -> version.matches("([a-z0-9.-]+/)?v[0-9]+"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "replicas: 3 | additional properties 'replicas' not allowed",
                "gate: {replicas: 0} | minimum: got 0, want 1",
                "gate: {priorityClass: {value: 2000000000}} | maximum",
                "image: {digest: 'sha256:abc'} | does not match pattern",
                "image: {repository: 'a@sha256:b'} | does not match pattern",
                "hostUsers: 'no' | got string, want null or boolean",
                "webhook: {validateFailurePolicy: Open} | must be one of 'Fail', 'Ignore'",
                "webhook: {excludeNamespaces: ['Kube System']} | does not match pattern",
                "certificates: {mode: none} | must be one of 'own', 'cert-manager', 'files'",
                "policy: {mode: deny} | must be one of 'enforce', 'warn', 'audit', 'off'",
                "policy: {version: '1.36'} | does not match pattern",
                "config: {webhook.name: other} | 'not' failed",
                "config: {management.port: 1} | 'not' failed",
                "config: {'--x': 1} | does not match pattern",
                "networkPolicy: {apiServerPorts: [0]} | minimum",
            })
    void refusesValuesThatCannotBe(String values, String reason) {
        assertThatThrownBy(() -> Chart.text(Chart.NEWEST, values)).hasMessageContaining(reason);
    }

    @Test
    void filesNeedTheirSecret() {
        assertThatThrownBy(() -> Chart.text(Chart.NEWEST, "certificates: {mode: files}"))
                .hasMessageContaining("say in certificates.secretName which Secret holds tls.crt, tls.key and ca.crt");
    }

    @Test
    void rightsNameWhatTheyAreAbout() {
        for (String values : List.of(Chart.EVERYTHING, CERT_MANAGER, FILES)) {
            List<JsonNode> rules = Chart.objects(Chart.NEWEST, values).stream()
                    .filter(object -> object.path("kind").asString("").endsWith("Role"))
                    .flatMap(role -> role.path("rules").valueStream())
                    .toList();
            assertThat(rules).isNotEmpty().noneMatch(rule -> rule.toString().contains("\"*\""));
            assertThat(rules)
                    .filteredOn(rule -> resources(rule).contains("secrets"))
                    .allMatch(rule -> resources(rule).size() == 1
                            && rule.path("resourceNames").size() == 1
                            && !rule.path("verbs").toString().contains("create"))
                    .hasSize(values.equals(Chart.EVERYTHING) ? 3 : 1);
            assertThat(rules)
                    .filteredOn(rule -> resources(rule).contains("validatingwebhookconfigurations")
                            && !rule.path("verbs").toString().equals("[\"create\"]"))
                    .singleElement()
                    .satisfies(rule ->
                            assertThat(rule.path("resourceNames").toString()).isEqualTo("[\"portcullis\"]"));
        }
    }

    @Test
    void eventsAndTheRightToThemCanBeLeftOut() {
        String without = Chart.text(Chart.NEWEST, "events: {enabled: false}");
        assertThat(without).contains("--portcullis.events.enabled=false").doesNotContain("events.k8s.io");
        assertThat(Chart.objects(Chart.NEWEST, "").stream()
                        .filter(object -> object.path("kind").asString("").equals("ClusterRole"))
                        .flatMap(role -> role.path("rules").valueStream())
                        .filter(rule -> resources(rule).contains("events"))
                        .map(rule -> rule.path("apiGroups") + " " + rule.path("verbs")))
                .containsExactly("[\"events.k8s.io\"] [\"create\",\"patch\"]");
    }

    private static Set<String> resources(JsonNode rule) {
        return rule.path("resources").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    @Test
    void rightsAreThoseOfTheAccountsOfThePods() {
        List<JsonNode> objects = Chart.objects(Chart.NEWEST, Chart.PINNED);
        for (String part : List.of("gate", "console")) {
            for (String kind : List.of("RoleBinding", "ClusterRoleBinding")) {
                assertThat(Chart.one(objects, kind, "-" + part).path("subjects").toString())
                        .isEqualTo("[{\"kind\":\"ServiceAccount\",\"name\":\"portcullis-" + part
                                + "\",\"namespace\":\"portcullis\"}]");
            }
            assertThat(Chart.one(objects, "Deployment", "-" + part)
                            .at("/spec/template/spec/serviceAccountName")
                            .asString(""))
                    .isEqualTo("portcullis-" + part);
        }
    }

    @Test
    void theSecretIsLeftToTheGates() {
        assertThat(Chart.one(Chart.objects(Chart.NEWEST, ""), "Secret", "-tls").has("data"))
                .isFalse();
        assertThat(kinds(FILES)).doesNotContain("Certificate").containsOnlyOnce("Secret");
        assertThat(kinds(CERT_MANAGER)).contains("Certificate", "Issuer").containsOnlyOnce("Secret");
        assertThat(Chart.one(Chart.objects(Chart.NEWEST, FILES), "Secret", "-console-token")
                        .has("data"))
                .isFalse();
        assertThat(
                        kinds(
                                "certificates: {mode: cert-manager, certManager: {issuerRef: {kind: ClusterIssuer, name: internal}}}"))
                .contains("Certificate")
                .doesNotContain("Issuer");
    }

    @Test
    void containsNoWebhookConfiguration() {
        assertThat(kinds(Chart.EVERYTHING)).noneMatch(kind -> kind.endsWith("WebhookConfiguration"));
    }

    @Test
    void argumentsAreThoseOfTheProgram() throws IOException {
        Set<String> known = knownProperties();
        for (String values : List.of(Chart.EVERYTHING, CERT_MANAGER)) {
            for (String part : List.of("-gate", "-console")) {
                List<String> arguments = arguments(Chart.objects(Chart.NEWEST, values), part);
                assertThat(arguments.getFirst()).isEqualTo("serve");
                assertThat(arguments.stream().skip(1))
                        .allSatisfy(argument -> assertThat(argument).startsWith("--portcullis."))
                        .extracting(argument -> argument.substring(2, argument.indexOf('=')))
                        .doesNotHaveDuplicates()
                        .allSatisfy(name -> assertThat(name).isIn(known));
            }
        }
    }

    private static List<String> arguments(List<JsonNode> objects, String part) {
        return Chart.one(objects, "Deployment", part)
                .at("/spec/template/spec/containers/0/args")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void gatesHandOverToTheConsoleWhichTheirCertificateNames() {
        List<JsonNode> objects = Chart.objects(Chart.NEWEST, "");

        assertThat(arguments(objects, "-gate"))
                .contains(
                        "--portcullis.handover.to=https://portcullis-console.portcullis.svc:8443",
                        "--portcullis.admission.dns-names=portcullis-console.portcullis.svc");
        assertThat(arguments(objects, "-console"))
                .contains("--portcullis.handover.accept=true", "--portcullis.tls.secret=portcullis-gate-tls");
        assertThat(Chart.one(objects, "Service", "-console").at("/spec/ports").toString())
                .contains("\"port\":8443");
        assertThat(Chart.one(Chart.objects(Chart.NEWEST, CERT_MANAGER), "Certificate", "-gate")
                        .path("spec")
                        .toString())
                .contains("client auth", "portcullis-console.portcullis.svc");
        assertThat(Chart.text(Chart.NEWEST, "console: {enabled: false}")).doesNotContain("console", "handover");
    }

    @Test
    void theConsoleAsksWhoseATokenIsOnlyWhereItIsToldTo() {
        List<JsonNode> told = Chart.objects(Chart.NEWEST, "console: {kubernetesLogins: {audiences: [a, b]}}");
        assertThat(arguments(told, "-console"))
                .contains(
                        "--portcullis.console.kubernetes.enabled=true",
                        "--portcullis.console.kubernetes.audiences=a,b");
        assertThat(Chart.one(told, "ClusterRole", "-console").path("rules").toString())
                .contains("tokenreviews", "subjectaccessreviews");
        assertThat(Chart.one(told, "ClusterRole", "-console-viewer").toString()).contains("aggregate-to-view");

        String off = Chart.text(Chart.NEWEST, "console: {kubernetesLogins: {enabled: false}}");
        assertThat(off).doesNotContain("tokenreviews", "subjectaccessreviews", "console.kubernetes", "console-viewer");
        assertThat(Chart.text(Chart.NEWEST, "console: {kubernetesLogins: {aggregateToView: false}}"))
                .contains("console-viewer")
                .doesNotContain("aggregate-to-view");
    }

    @Test
    void anIdentityProvidersSecretIsMountedAndNotWritten() {
        String values = "console: {url: 'https://c.example.com', oidc: {issuer: 'https://i.example.com',"
                + " clientSecret: idp, caConfigMap: login-ca, adminGroups: [one, two], viewerGroups: [three]}}";
        assertThat(arguments(Chart.objects(Chart.NEWEST, values), "-console"))
                .contains(
                        "--portcullis.console.url=https://c.example.com",
                        "--portcullis.console.oidc.issuer=https://i.example.com",
                        "--portcullis.console.oidc.client-id=portcullis",
                        "--portcullis.console.oidc.client-secret-file=/etc/portcullis/oidc/client-secret",
                        "--portcullis.console.oidc.ca=/etc/portcullis/oidc-ca/ca.crt",
                        "--portcullis.console.oidc.admin-groups=one,two",
                        "--portcullis.console.oidc.viewer-groups=three");
        assertThat(volume(values, "oidc").at("/secret/secretName").asString("")).isEqualTo("idp");
        assertThat(volume(values, "oidc-ca").at("/configMap/name").asString("")).isEqualTo("login-ca");
        assertThatThrownBy(() -> Chart.text(Chart.NEWEST, "console: {oidc: {issuer: 'http://i.example.com'}}"))
                .hasMessageContaining("oidc");
    }

    @Test
    void boardsAreHandedOn() {
        String values = "console: {boards: {shop: {title: 'The shop, and more', namespaces: [shop, 'shop-*'],"
                + " severities: [critical]}}}";
        assertThat(arguments(Chart.objects(Chart.NEWEST, values), "-console"))
                .contains(
                        "--portcullis.console.boards.shop.title=The shop, and more",
                        "--portcullis.console.boards.shop.namespaces=shop,shop-*",
                        "--portcullis.console.boards.shop.severities=critical");
        for (String wrong : List.of("{Shop: {}}", "{shop: {namespaces: ['a/b']}}", "{shop: {colour: red}}")) {
            assertThatThrownBy(() -> Chart.text(Chart.NEWEST, "console: {boards: " + wrong + "}"))
                    .hasMessageContaining("don't meet the specifications");
        }
    }

    @Test
    void theConsoleTellsWhomItIsToldToAndReachesThem() {
        String values = "console: {notifications: {secret: told, ports: [443, 587], targets: {team: {kind: slack,"
                + " url-file: /etc/portcullis/notifications/slack, modes: [enforce, warn]}}}}";
        assertThat(arguments(Chart.objects(Chart.NEWEST, values), "-console"))
                .contains(
                        "--portcullis.notifications.targets.team.kind=slack",
                        "--portcullis.notifications.targets.team.url-file=/etc/portcullis/notifications/slack",
                        "--portcullis.notifications.targets.team.modes=enforce,warn");
        assertThat(volume(values, "notifications").at("/secret/secretName").asString(""))
                .isEqualTo("told");
        assertThat(egress(values)).contains("\"port\":53", "\"port\":587");
        assertThat(egress("")).doesNotContain("\"port\":53");
        for (String wrong : List.of("{Team: {kind: slack}}", "{team: {kind: pager}}", "{team: {}}")) {
            assertThatThrownBy(() -> Chart.text(Chart.NEWEST, "console: {notifications: {targets: " + wrong + "}}"))
                    .hasMessageContaining("the schema");
        }
    }

    private static String egress(String values) {
        return Chart.one(Chart.objects(Chart.NEWEST, values), "NetworkPolicy", "-console")
                .at("/spec/egress")
                .toString();
    }

    @Test
    void aConsoleKeepsItsHistoryWhereItIsTold() {
        assertThat(volume("", "data").has("emptyDir")).isTrue();
        assertThat(volume("console: {persistence: {enabled: true}}", "data").toString())
                .contains("\"claimName\":\"portcullis-console\"");
        assertThat(kinds("console: {persistence: {enabled: true}}")).contains("PersistentVolumeClaim");
        String server = "console: {replicas: 2, history: {url: 'jdbc:postgresql://db/p', user: p, passwordSecret: db}}";
        assertThat(arguments(Chart.objects(Chart.NEWEST, server), "-console"))
                .contains(
                        "--portcullis.history.url=jdbc:postgresql://db/p",
                        "--portcullis.history.password-file=/etc/portcullis/database/password");
        assertThat(Chart.one(Chart.objects(Chart.NEWEST, server), "Service", "-console")
                        .at("/spec/sessionAffinity")
                        .asString(""))
                .isEqualTo("ClientIP");
        assertThat(volume(server, "database").at("/secret/secretName").asString(""))
                .isEqualTo("db");
        assertThatThrownBy(() -> Chart.text(Chart.NEWEST, "console: {replicas: 2}"))
                .hasMessageContaining("give console.history.url of a PostgreSQL");
        assertThatThrownBy(() ->
                        Chart.text(Chart.NEWEST, "console: {history: {url: 'jdbc:postgresql://db/p?password=x'}}"))
                .hasMessageContaining("'not' failed");
    }

    private static JsonNode volume(String values, String name) {
        return Chart.one(Chart.objects(Chart.NEWEST, values), "Deployment", "-console")
                .at("/spec/template/spec/volumes")
                .valueStream()
                .filter(volume -> volume.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> knownProperties() throws IOException {
        try (var in = ChartTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared()
                    .readTree(in)
                    .path("properties")
                    .valueStream()
                    .map(property -> property.path("name").asString(""))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void configurationIsPassedOn() {
        assertThat(container(Chart.objects(Chart.NEWEST, Chart.EVERYTHING))
                        .path("args")
                        .toString())
                .contains("\"--portcullis.admission.body-limit=16MB\"", "\"--portcullis.registry.enabled=false\"");
    }

    @Test
    void clientsAreAskedWhoTheyAreOnlyWhereAnAuthorityIsNamed() {
        assertThat(container(Chart.objects(Chart.NEWEST, Chart.EVERYTHING)).toString())
                .contains("\"--portcullis.admission.client-ca=/etc/portcullis/clients/ca.crt\"")
                .contains("\"--portcullis.admission.client-names=kube-apiserver,front-proxy\"")
                .contains("\"mountPath\":\"/etc/portcullis/clients\"");
        assertThat(Chart.text(Chart.NEWEST, "webhook: {clients: {names: [kube-apiserver]}}"))
                .doesNotContain("client-", "/etc/portcullis/clients");
    }

    @Test
    void logsAreJsonWhereThatIsAskedFor() {
        assertThat(container(Chart.objects(Chart.NEWEST, "logs: {format: ecs}"))
                        .path("args")
                        .toString())
                .contains("\"--logging.structured.format.console=ecs\"");
        assertThat(Chart.text(Chart.NEWEST, "")).doesNotContain("--logging");
    }

    @Test
    void thePolicyWarnsUntilItIsToldToDeny() {
        assertThat(Chart.one(Chart.objects(Chart.NEWEST, ""), "HardeningPolicy", "default")
                        .path("spec")
                        .toString())
                .isEqualTo("{\"profile\":\"hardened\",\"version\":\"v1.36\",\"mode\":\"warn\"}");
        assertThat(kinds("policy: {create: false}")).doesNotContain("HardeningPolicy");
        assertThat(Chart.one(Chart.objects(Chart.NEWEST, "policy: {mode: 'off'}"), "HardeningPolicy", "default")
                        .at("/spec/mode")
                        .asString(""))
                .isEqualTo("off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PodDisruptionBudget", "PriorityClass", "NetworkPolicy", "ServiceMonitor"})
    void optionsCanBeLeftOut(String kind) {
        assertThat(kinds(Chart.EVERYTHING)).contains(kind);
        assertThat(kinds("""
                gate: {podDisruptionBudget: {enabled: false}, priorityClass: {create: false, name: system-cluster-critical}}
                networkPolicy: {enabled: false}
                """)).doesNotContain(kind);
    }

    @Test
    void anAutoscalerIsNotContradicted() {
        assertThat(Chart.one(Chart.objects(Chart.NEWEST, Chart.EVERYTHING), "Deployment", "-gate")
                        .path("spec")
                        .has("replicas"))
                .isFalse();
        assertThat(Chart.one(Chart.objects(Chart.NEWEST, ""), "Deployment", "-gate")
                        .at("/spec/replicas")
                        .asInt(0))
                .isEqualTo(2);
    }

    private static List<String> kinds(String values) {
        return Chart.objects(Chart.NEWEST, values).stream()
                .map(object -> object.path("kind").asString(""))
                .toList();
    }

    private static JsonNode podSpec(List<JsonNode> objects) {
        return Chart.one(objects, "Deployment", "-gate").at("/spec/template/spec");
    }

    private static JsonNode container(List<JsonNode> objects) {
        return podSpec(objects).at("/containers/0");
    }
}
