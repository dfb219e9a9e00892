package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TestCommandTest {
    private static final String HEAD = """
            apiVersion: portcullis.dev/v1alpha1
            kind: PolicyTest
            policies: [policies]
            namespaces:
              - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            now: 2026-06-01T00:00:00Z
            cases:
            """;
    private static final String POD = """
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop},
              spec: {hostPID: true, containers: [{name: app, image: "a:1", securityContext: {privileged: true}}]}}""";

    private static final Path EXAMPLE = Path.of("docs", "examples", "policy-test");

    @TempDir
    private Path folder;

    @BeforeEach
    void writePolicies() throws IOException {
        Path policies = Files.createDirectory(folder.resolve("policies"));
        Files.writeString(policies.resolve("p.yaml"), """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: p}
                spec:
                  match: {namespaces: {selector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop]}]}}}
                  profile: baseline
                  checks: {memory-limit: {mode: warn}, no-new-privileges: {fix: true}}
                  exemptionNamespaces: [ex]
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningExemption
                metadata: {name: web, namespace: ex}
                spec:
                  subject: {namespace: shop, kind: Pod, name: web}
                  checks: [host-pid]
                  owner: ann@example.com
                  reason: it must
                  expiresAt: 2026-06-01T00:00:01Z
                """);
    }

    private String test(String cases) throws IOException {
        return write("test.yaml", HEAD + cases.indent(2));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String one(String resource, String expect) {
        return "- name: it is so\n  resource: " + resource.replace("\n", "\n  ") + "\n  expect: {" + expect + "}\n";
    }

    @Test
    void runsTheExample() throws IOException {
        CommandRun run = CommandRun.of("test", EXAMPLE.toString());
        assertThat(run.out()).endsWith("4 cases, 0 failed\n");
        assertThat(run.code()).isZero();
        assertThat(Path.of("docs", "testing-policies.md"))
                .content()
                .contains("```console\n$ ./portcullis test docs/examples/policy-test\n" + run.out() + "```")
                .contains("```yaml\n" + Files.readString(EXAMPLE.resolve("production-test.yaml")) + "```");
        assertThat(CommandRun.of(
                                "policy",
                                "lint",
                                EXAMPLE.resolve("policies.yaml").toString())
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decision: deny                                                 |",
                "decision: allow                                                | decision: expected allow, but was deny",
                "'findings: [{check: privileged, container: app, mode: enforce}, {check: no-new-privileges}, {check: memory-limit}]' |",
                "'findings: [{check: privileged, path: /spec/containers/0/securityContext/privileged}, {check: no-new-privileges}, {check: memory-limit}]' |",
                "'findings: [{check: no-new-privileges}, {check: memory-limit}]' | 'findings: not expected: privileged (enforce): container app: spec.containers[0].securityContext.privileged is true'",
                "'findings: [{check: privileged, container: b}, {check: privileged}, {check: no-new-privileges}, {check: memory-limit}]' | 'findings: expected privileged in container b, but it was not found'",
                "'findings: [{check: privileged, mode: warn}, {check: privileged}, {check: no-new-privileges}, {check: memory-limit}]' | 'findings: expected privileged (warn), but it was not found'",
                "'findings: [{check: privileged, path: spec.hostPID}, {check: privileged}, {check: no-new-privileges}, {check: memory-limit}]' | 'findings: expected privileged at spec.hostPID, but it was not found'",
                "'warnings: [resources.limits.memory is not set]'              |",
                "'warnings: []'                                                 | 'warnings: not expected: container app: spec.containers[0].resources.limits.memory is not set'",
                "'warnings: [memory, cpu]'                                      | 'warnings: none says cpu'",
                "'exempted: [host-pid=ex/web]'                                  |",
                "'exempted: []'                                                 | 'exempted: expected [], but was [host-pid=ex/web]'",
                "'remaining: [privileged, no-new-privileges]'                   |",
                "'remaining: []'                                                | 'remaining: expected [], but was [no-new-privileges, privileged]'",
                "'patch: []'                                                    |",
                "'patchIncludes: [{op: add, path: /a, value: 1}]'               | 'patch: expected {\"op\":\"add\",\"path\":\"/a\",\"value\":1}, but it is not made'",
            })
    void comparesWhatIsExpectedWithWhatIs(String expect, String difference) throws IOException {
        CommandRun run = CommandRun.of("test", test(one(POD, expect)));
        if (difference == null) {
            assertThat(run.out()).contains("  pass   it is so").endsWith("1 case, 0 failed\n");
            assertThat(run.code()).isZero();
        } else {
            assertThat(run.out()).contains("  fail   line 8: it is so\n           " + difference);
            assertThat(run.out().lines()).hasSize(5);
            assertThat(run.code()).isEqualTo(ExitCode.VIOLATIONS);
        }
    }

    @Test
    void comparesThePatch() throws IOException {
        String pod = POD.replace("privileged: true", "privileged: false");
        String patch = "{op: add, path: /spec/containers/0/securityContext/allowPrivilegeEscalation, value: false}";
        for (String asked : new String[] {"", "\nrequest: {operation: CREATE}"}) {
            for (String expect : new String[] {"patch: [" + patch + "]", "patchIncludes: [" + patch + "]"}) {
                String one = one(pod + asked, expect + ", remaining: []");
                assertThat(CommandRun.of("test", test(one)).code()).as(one).isZero();
            }
            assertThat(CommandRun.of("test", test(one(pod + asked, "patch: []")))
                            .out())
                    .contains("patch: not expected: {\"op\":\"add\"");
        }
    }

    @Test
    void judgesAtTheMomentOfTheTestAndInItsNamespaces() throws IOException {
        String late = HEAD.replace("00:00:00Z", "00:00:01Z")
                + one(POD, "exempted: []").indent(2);
        assertThat(CommandRun.of("test", write("late.yaml", late)).code()).isZero();
        String other = POD.replace("namespace: shop", "namespace: other");
        CommandRun run = CommandRun.of("test", test(one(other, "decision: allow")));
        assertThat(run.out()).contains("note: the namespace is not among those of the test");
        assertThat(run.code()).isEqualTo(ExitCode.VIOLATIONS);
    }

    @Test
    void judgesUpdatesByWhatIsNew() throws IOException {
        String update =
                POD + "\nrequest: {operation: UPDATE, userInfo: {username: ann, groups: [a]}, oldObject: " + POD + "}";
        assertThat(CommandRun.of("test", test(one(update, "decision: allow"))).code())
                .isZero();
        String more = update.replaceFirst("hostPID: true", "hostPID: true, hostIPC: true");
        assertThat(CommandRun.of("test", test(one(more, "decision: deny"))).out())
                .endsWith("1 case, 0 failed\n");
    }

    @Test
    void picksOneOfSeveralAndJudgesWhatDockerTakes() throws IOException {
        write(
                "two.yaml",
                POD.replace("\n", " ") + "\n---\n" + POD.replace("web", "db").replace("\n", " "));
        assertThat(CommandRun.of("test", test(one("{file: two.yaml, name: db}", "exempted: []")))
                        .code())
                .isZero();
        CommandRun ambiguous = CommandRun.of("test", test(one("two.yaml", "decision: deny")));
        assertThat(ambiguous.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(ambiguous.out())
                .contains("two.yaml holds several (Pod shop/web, Pod shop/db)", "1 case, 0 failed, 1 unreadable");
        assertThat(CommandRun.of("test", test(one("{file: two.yaml, kind: Job}", "decision: deny")))
                        .out())
                .contains("holds nothing that is judged of this kind, namespace and name");
        write("create.json", "{\"Image\": \"a:1\", \"HostConfig\": {\"Privileged\": true}}");
        assertThat(CommandRun.of("test", test(one("create.json", "decision: deny")))
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: PolicyTest | kind: PolicyTset | :2:7: kind: \"PolicyTset\" is not known; did you mean \"PolicyTest\"?",
                "v1alpha1 | v1alpha2 | :1:13: apiVersion: \"portcullis.dev/v1alpha2\" is not known; did you mean \"portcullis.dev/v1alpha1\"?",
                "policies: | polices: | :3:1: polices: there is no such field; did you mean \"policies\"?",
                "decision: | desicion: | desicion: there is no such field; did you mean \"decision\"?",
                "deny | denied | \"denied\" is not known; use one of allow, deny",
                "'decision: deny' | 'findings: [{check: privilged}]' | there is no check \"privilged\"; did you mean \"privileged\"?",
                "'decision: deny' | 'exempted: [a]' | \"a\" names no exemption of a check",
                "'decision: deny' | '' | expects nothing",
                "2026-06-01T00:00:00Z | tomorrow | :6:6: now: \"tomorrow\" is no moment",
                "expect: | 'request: {operation: UPDATE}, expect:' | oldObject is missing",
                "expect: | 'request: {user: ann}, expect:' | user: there is no such field",
                "cases: | 'cases: [' | not YAML",
                "'policies: [policies]' | 'policies: []' | names nothing",
                "'policies: [policies]' | 'policies: [none]' | none: there is no such file or folder",
                "kind: Namespace | kind: Namspace | must be a file, or an object of kind Namespace",
            })
    void refusesMistakesByPlace(String right, String wrong, String problem) throws IOException {
        String cases = "- {name: a, resource: pod.yaml, expect: {decision: deny}}\n";
        String test = write("test.yaml", (HEAD + cases.indent(2)).replace(right, wrong));
        write("pod.yaml", POD);
        for (String named : new String[] {test, folder.toString()}) {
            CommandRun run = CommandRun.of("test", named);
            assertThat(run.out()).contains(problem);
            assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
        }
    }

    @Test
    void passesOverWhatIsNoTest() throws Exception {
        write("pod.yaml", POD);
        write("broken.yaml", "a: [");
        write("list.yaml", "apiVersion: v1\nkind: PolicyList\n");
        Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        Files.createSymbolicLink(folder.resolve("dangling.yaml"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        CommandRun none = CommandRun.of("test", folder.toString());
        assertThat(none.out()).contains("holds no test: write a file of kind PolicyTest");
        assertThat(none.code()).isEqualTo(ExitCode.UNREADABLE);
        test(one("pod.yaml", "decision: deny"));
        CommandRun run = CommandRun.of("test", folder.toString());
        assertThat(run.out()).isEqualTo(folder + "/test.yaml\n  pass   it is so\n\n1 case, 0 failed\n");
        assertThat(run.code()).isZero();
        for (String outright : new String[] {"pod.yaml", "large.yaml", "dangling.yaml", "pipe.yaml", "nowhere"}) {
            assertThat(CommandRun.of("test", folder.resolve(outright).toString())
                            .code())
                    .as(outright)
                    .isEqualTo(ExitCode.UNREADABLE);
        }
    }

    @Test
    void refusesASecondDocumentAndTwoCasesOfOneName() throws IOException {
        write("pod.yaml", POD);
        String test = Files.readString(Path.of(test(one("pod.yaml", "decision: deny"))));
        assertThat(CommandRun.of("test", write("test.yaml", test + "---\na: 1\n"))
                        .out())
                .contains("keep a test in a file of its own");
        String cases = one("pod.yaml", "decision: deny");
        assertThat(CommandRun.of("test", test(cases + cases)).out()).contains("another case has this name");
    }

    @Test
    void tellsTheSameAsJson() throws IOException {
        test(one(POD, "decision: allow"));
        write("worse.yaml", HEAD);
        CommandRun run = CommandRun.of("test", "-o", "json", folder.toString());
        JsonNode report = JsonMapper.shared().readTree(run.out());
        assertThat(report.at("/tests/0/cases/0/result").asString("")).isEqualTo("fail");
        assertThat(report.at("/tests/0/cases/0/differences/0").asString("")).startsWith("decision: ");
        assertThat(report.at("/tests/0/cases/0/line").asInt(0)).isEqualTo(8);
        assertThat(report.at("/tests/1/errors/0/message").asString("")).contains("cases: ");
        assertThat(report.path("summary").toString()).isEqualTo("{\"passed\":0,\"failed\":1,\"errors\":1}");
        assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    }

    @Test
    void tellsTheSameAsJunit() throws Exception {
        test(one(POD, "decision: deny")
                + one(POD, "decision: allow").replace("it is so", "\"it <isn't> \\u0007 so\"")
                + one("none.yaml", "decision: deny").replace("it is so", "c"));
        write("worse.yaml", HEAD);
        String xml = CommandRun.of("test", "-o", "junit", folder.toString()).out();
        Element suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        Element first = (Element) suites.getElementsByTagName("testsuite").item(0);
        assertThat(first.getAttribute("tests")).isEqualTo("3");
        assertThat(first.getAttribute("failures")).isEqualTo("1");
        assertThat(first.getAttribute("errors")).isEqualTo("1");
        Element failed = (Element) first.getElementsByTagName("testcase").item(1);
        assertThat(failed.getAttribute("name")).isEqualTo("it <isn't> \\u{7} so");
        assertThat(failed.getTextContent()).isEqualTo("decision: expected allow, but was deny");
        Element second = (Element) suites.getElementsByTagName("testsuite").item(1);
        assertThat(second.getAttribute("errors")).isEqualTo("1");
    }
}
