package dev.portcullis.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.Yaml;
import dev.portcullis.policy.Mode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms for CI systems: what they hold, and that names from outside stay text in them. */
class ReportsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LOOSE = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              containers: [{name: app, image: "a:1", securityContext: {privileged: true}}]
            """;

    private static List<Inspection> mixed() {
        List<Inspection> inspections = new ArrayList<>(Samples.inspect("deploy/my web.yaml", LOOSE));
        inspections.addAll(Samples.inspect("deploy/broken.yaml", "a: [1\n"));
        inspections.addAll(Samples.inspect("deploy/service.yaml", "apiVersion: v1\nkind: Service\n"));
        inspections.addAll(Samples.inspect(Samples.HOSTILE, Samples.hostilePod()));
        return inspections;
    }

    private static JsonNode sarif(List<Inspection> inspections) {
        return JSON.readTree(Samples.report(out -> new SarifReport(out, JSON), inspections));
    }

    @Test
    void sarifHoldsWhatItsSchemaAsksFor() {
        JsonNode sarif = sarif(mixed());
        assertThat(sarif.path("version").asString("")).isEqualTo("2.1.0");
        JsonNode run = sarif.at("/runs/0");
        JsonNode rules = run.at("/tool/driver/rules");
        assertThat(rules.valueStream().map(rule -> rule.path("id").asString("")))
                .doesNotHaveDuplicates()
                .allMatch(Pattern.compile("[a-z0-9-]+").asMatchPredicate());
        for (JsonNode rule : rules) {
            assertThat(rule.at("/shortDescription/text").asString("")).isNotEmpty();
            assertThat(rule.at("/fullDescription/text").asString("")).isNotEmpty();
            assertThat(rule.at("/help/text").asString("")).isNotEmpty();
            assertThat(rule.at("/defaultConfiguration/level").asString("")).isIn("error", "warning", "note");
        }
        assertThat(rules.at("/0/properties/security-severity").asString("")).isEqualTo("9.5");
        assertThat(run.path("results")).hasSizeGreaterThan(10);
        for (JsonNode result : run.path("results")) {
            JsonNode rule = rules.path(result.path("ruleIndex").asInt(-1));
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
            assertThat(result.path("level").asString("")).isIn("error", "warning", "note");
            assertThat(result.at("/message/text").asString("")).isNotEmpty();
            JsonNode place = result.at("/locations/0/physicalLocation");
            assertThat(URI.create(place.at("/artifactLocation/uri").asString("")))
                    .hasNoHost();
            assertThat(place.at("/region/startLine").asInt(0)).isPositive();
            assertThat(place.at("/region/startColumn").asInt(0)).isPositive();
            assertThat(result.at("/partialFingerprints/portcullis~1v1").asString(""))
                    .hasSize(64);
        }
        assertThat(run.at("/invocations/0/executionSuccessful").asBoolean(true)).isFalse();
    }

    @Test
    void sarifTellsWhereAndHowStrongly() {
        JsonNode results = sarif(mixed()).at("/runs/0/results");
        JsonNode privileged = result(results, "privileged");
        assertThat(privileged
                        .at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asString(""))
                .isEqualTo("deploy/my%20web.yaml");
        assertThat(privileged
                        .at("/locations/0/physicalLocation/region/startLine")
                        .asInt(0))
                .isEqualTo(5);
        assertThat(privileged
                        .at("/locations/0/logicalLocations/0/fullyQualifiedName")
                        .asString(""))
                .isEqualTo("Pod shop/web");
        assertThat(privileged.path("level").asString("")).isEqualTo("error");
        assertThat(result(results, "unreadable-input").at("/message/text").asString(""))
                .contains("not YAML");
    }

    @Test
    void sarifKnowsAResultAgainWhoseLineHasMoved() {
        String moved = "# a comment\n\n" + LOOSE.replace("spec:", "spec:\n  hostPID: false");
        JsonNode before = result(sarif(Samples.inspect("a.yaml", LOOSE)).at("/runs/0/results"), "privileged");
        JsonNode after = result(sarif(Samples.inspect("a.yaml", moved)).at("/runs/0/results"), "privileged");
        assertThat(after.path("partialFingerprints")).isEqualTo(before.path("partialFingerprints"));
        assertThat(after.path("locations")).isNotEqualTo(before.path("locations"));
        JsonNode other = result(
                sarif(Samples.inspect("a.yaml", LOOSE.replace("name: web", "name: db")))
                        .at("/runs/0/results"),
                "privileged");
        assertThat(other.path("partialFingerprints")).isNotEqualTo(before.path("partialFingerprints"));
    }

    private static JsonNode result(JsonNode results, String rule) {
        return results.valueStream()
                .filter(result -> result.path("ruleId").asString("").equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void junitHasASuiteForEachFileAndFailsWhatTheExitCodeCounts() throws Exception {
        Element suites = xml(Samples.report(out -> new JunitReport(out, Mode.ENFORCE), mixed()));
        NodeList files = suites.getElementsByTagName("testsuite");
        assertThat(files.getLength()).isEqualTo(3);
        Element first = (Element) files.item(0);
        assertThat(first.getAttribute("name")).isEqualTo("deploy/my web.yaml");
        NodeList cases = first.getElementsByTagName("testcase");
        assertThat(first.getAttribute("tests")).isEqualTo(String.valueOf(cases.getLength()));
        assertThat(first.getAttribute("failures"))
                .isEqualTo(String.valueOf(first.getElementsByTagName("failure").getLength()));
        Element privileged = (Element) cases.item(0);
        assertThat(privileged.getAttribute("classname")).isEqualTo("Pod shop/web");
        assertThat(privileged.getAttribute("name")).isEqualTo("privileged");
        assertThat(privileged.getTextContent())
                .isEqualTo(
                        "line 5: container app: spec.containers[0].securityContext.privileged is true; set it to false");
        assertThat(((Element) files.item(1)).getAttribute("errors")).isEqualTo("1");
    }

    @Test
    void junitKeepsWhatOnlyWarnsAsOutput() throws Exception {
        List<Inspection> warned = Samples.inspect("a.yaml", LOOSE).stream()
                .map(inspection -> (Inspection) warning((Inspection.Judged) inspection))
                .toList();
        Element gentle = xml(Samples.report(out -> new JunitReport(out, Mode.ENFORCE), warned));
        assertThat(gentle.getElementsByTagName("failure").getLength()).isZero();
        assertThat(gentle.getElementsByTagName("system-out").getLength()).isPositive();
        Element strict = xml(Samples.report(out -> new JunitReport(out, Mode.WARN), warned));
        assertThat(strict.getElementsByTagName("failure").getLength()).isPositive();
    }

    private static Inspection.Judged warning(Inspection.Judged judged) {
        return new Inspection.Judged(
                judged.source(),
                judged.start(),
                judged.positions(),
                judged.report().warningOnly(),
                judged.names(),
                judged.fixes(),
                judged.patch(),
                null);
    }

    @Test
    void junitStaysWellFormedWhateverNamesSay() throws Exception {
        String text = Samples.report(
                out -> new JunitReport(out, Mode.ENFORCE), Samples.inspect(Samples.HOSTILE, Samples.hostilePod()));
        assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F));
        assertThat(text).doesNotContain("]]>", "<script>");
        Element suites = xml(text);
        Element first = (Element) suites.getElementsByTagName("testcase").item(0);
        assertThat(first.getAttribute("classname"))
                .contains("]]>b|c`d``e\\|f%0Ag::error::h<script>i&amp;j@team")
                .contains("\\u{1b}[31mn\\u{202e}o\\u{a}q\\u{d}\uD83D\uDE00,r");
    }

    private static Element xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(UTF_8)))
                .getDocumentElement();
    }

    @Test
    void githubHasOneCommandForEachViolationWhateverNamesSay() {
        List<String> lines = Samples.report(GithubReport::new, mixed()).lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo(
                        "::error file=deploy/my web.yaml,line=5,col=72,title=privileged::Pod shop/web, container app:"
                                + " spec.containers[0].securityContext.privileged is true; set it to false");
        assertThat(lines.subList(0, lines.size() - 1))
                .allMatch(Pattern.compile(
                                "::(error|warning|notice) file=[^:,]+(,line=[0-9]+,col=[0-9]+)?,title=[a-z-]+::.*")
                        .asMatchPredicate())
                .anyMatch(line -> line.contains("f%250Ag::error::h"));
        assertThat(lines.getLast()).startsWith("2 subjects, 2 denied, 1 unreadable, 1 without a workload; findings: ");
        assertThat(Tally.of(mixed()).enforce() + 2).isEqualTo(lines.size());
    }

    @Test
    void markdownIsOneTableWhateverNamesSay() {
        String text = Samples.report(MarkdownReport::new, mixed());
        assertThat(text)
                .startsWith("### Portcullis: denied\n\n| | where | what | check | finding |\n|---|---|---|---|---|\n");
        List<String> rows =
                text.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
        assertThat(rows)
                .hasSize(Tally.of(mixed()).enforce() + 1)
                .allSatisfy(row -> assertThat(cells(row))
                        .as(row)
                        .hasSize(5)
                        .allMatch(cell -> cell.matches("[a-z-]*") || isCode(cell)));
        assertThat(rows.getFirst())
                .isEqualTo("| deny | `deploy/my web.yaml:5` | `Pod shop/web, container app` | privileged |"
                        + " `spec.containers[0].securityContext.privileged is true; set it to false` |");
        assertThat(rows.getLast()).contains("``` a]]>b\\|c`d``e\\\\\\|f%0Ag");
    }

    /** The cells of a row as GitHub's Markdown splits it: a backslash takes the next character with it. */
    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (int i = 1; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '\\' && i + 1 < row.length()) {
                cell.append(c).append(row.charAt(++i));
            } else if (c == '|') {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        return cells;
    }

    private static boolean isCode(String cell) {
        String fence =
                cell.substring(0, cell.length() - cell.replaceFirst("^`+", "").length());
        String inside = cell.substring(fence.length(), Math.max(fence.length(), cell.length() - fence.length()));
        return !fence.isEmpty()
                && cell.endsWith(fence)
                && !Pattern.compile("(?<!`)" + fence + "(?!`)").matcher(inside).find();
    }

    @Test
    void markdownFitsAComment() {
        List<Inspection> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.addAll(Samples.inspect("a" + i + ".yaml", LOOSE));
        }
        String text = Samples.report(MarkdownReport::new, many);
        assertThat(text)
                .hasSizeLessThan(65_536)
                .containsPattern("\nand [0-9]+ more: `portcullis check` shows them all\n");
    }

    @Test
    void yamlSaysWhatJsonSays() throws Exception {
        String yaml = Samples.report(YamlReport::new, mixed());
        assertThat(yaml.chars()).allMatch(c -> c < 0x80);
        JsonNode json = JSON.readTree(Samples.report(out -> new JsonReport(out, JSON), mixed()));
        assertThat(Yaml.readAll(yaml.getBytes(UTF_8), 1).getFirst().root()).isEqualTo(json);
        assertThat(Samples.report(YamlReport::new, List.of())).startsWith("results: []\nignored: 0\nsummary:\n");
    }

    @Test
    void argoCdIgnoresWhatIsChangedInPodsAndNothingOfControllers() {
        String pod =
                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: app, image: 'a:1'}]}}";
        String deployment = """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web},
                 spec: {template: {spec: {containers: [{name: app, image: 'a:1'}]}}}}""";
        assertThat(Samples.report(ArgoCdReport::new, Samples.inspect("pod.yaml", pod)))
                .isEqualTo("""
                ignoreDifferences:
                - group: ''
                  kind: Pod
                  namespace: shop
                  name: web
                  jsonPointers:
                  - /metadata/annotations/portcullis.dev~1patched
                  - /spec/containers/0/securityContext
                  - /spec/containers/0/securityContext/seccompProfile
                """);
        assertThat(Samples.report(ArgoCdReport::new, Samples.inspect("web.yaml", deployment)))
                .isEqualTo("ignoreDifferences: []\n");
    }

    @Test
    void namesNothingWhoseNameIsStillToBeMade() {
        String pod =
                "{apiVersion: v1, kind: Pod, metadata: {generateName: web-}, spec: {containers: [{name: app, image: 'a:1'}]}}";

        assertThat(List.of(
                        Samples.report(KustomizeReport::new, Samples.inspect("pod.yaml", pod)),
                        Samples.report(ArgoCdReport::new, Samples.inspect("pod.yaml", pod))))
                .containsExactly(
                        "# pod.yaml: Pod web-* has no name by which it could be referred to\npatches: []\n",
                        "# pod.yaml: Pod web-* has no name by which it could be referred to\nignoreDifferences: []\n");
    }

    @Test
    void kustomizeSaysWhatIsAddedByName() {
        String list = """
                {apiVersion: v1, kind: List, items: [{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop},
                 spec: {template: {spec: {initContainers: [{name: init, image: 'a:1'}], containers: [{name: app, image: 'a:1'}]}}}}]}""";
        assertThat(Samples.report(KustomizeReport::new, Samples.inspect("web.yaml", list)))
                .isEqualTo("""
                patches:
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: web
                      namespace: shop
                    spec:
                      template:
                        spec:
                          containers:
                          - name: app
                            securityContext:
                              allowPrivilegeEscalation: false
                              seccompProfile:
                                type: RuntimeDefault
                          initContainers:
                          - name: init
                            securityContext:
                              allowPrivilegeEscalation: false
                              seccompProfile:
                                type: RuntimeDefault
                """);
    }

    @Test
    void namesFromOutsideStayTextInReportsForGit() {
        for (String report :
                List.of(Samples.report(KustomizeReport::new, mixed()), Samples.report(ArgoCdReport::new, mixed()))) {
            assertThat(report).contains("# deploy/broken.yaml: ");
            assertThat(report.chars().filter(c -> c < ' ' && c != '\n').count()).isZero();
            assertThat(new org.yaml.snakeyaml.Yaml().<Object>load(report)).isNotNull();
        }
    }
}
