package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code check} and {@code policy from-namespace-labels} take namespaces from. */
class NamespacesTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec: {hostPID: true, containers: [{name: web, image: "a:1"}]}
            """;
    private static final String PRODUCTION = namespace("shop", "stage: production");
    private static final String PLAYGROUND = namespace("shop", "stage: playground");

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void writePolicy() throws IOException {
        policy = Files.writeString(
                        Files.createDirectory(folder.resolve("policies")).resolve("p.yaml"), """
                        apiVersion: portcullis.dev/v1alpha1
                        kind: HardeningPolicy
                        metadata: {name: production}
                        spec:
                          match: {namespaces: {selector: {matchLabels: {stage: production}}}}
                          profile: baseline
                        """)
                .toString();
    }

    private static String namespace(String name, String labels) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", labels: {" + labels + "}}\n";
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private CommandRun check(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "check";
        all[1] = "--policy";
        all[2] = policy;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.of(all);
    }

    private static CommandRun withInput(String text, Supplier<CommandRun> command) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return command.get();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void judgesAsIfTheSelectorMatchedWhereNobodyKnows() throws IOException {
        CommandRun run = check(write("pod.yaml", POD));
        assertThat(run.code()).isEqualTo(ExitCode.VIOLATIONS);
        assertThat(run.out()).contains("note   namespace unknown: judged as if its labels matched policy production");
        assertThat(check("-o", "markdown", write("pod.yaml", POD)).out())
                .contains("\nNamespaces unknown: judged as if their labels matched policy `production`\n");
        assertThat(check("-o", "sarif", write("pod.yaml", POD)).out()).contains("\"assumed\" : true");
    }

    @Test
    void knowsTheNamespacesOfTheFileThatIsNamed() throws IOException {
        String pod = write("pod.yaml", POD);
        String namespaces = write("namespaces.yaml", """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {stage: playground}}}
                """);
        assertThat(check("--namespace-labels", namespaces, pod).code()).isZero();
        String list = write("list.json", """
                {"apiVersion": "v1", "kind": "NamespaceList", "items":
                [{"metadata": {"name": "shop", "labels": {"stage": "playground"}}}]}""");
        assertThat(check("--namespace-labels", list, pod).code()).isZero();
        assertThat(check("--namespace-labels", write("other.yaml", PRODUCTION), pod)
                        .code())
                .isEqualTo(ExitCode.VIOLATIONS);
    }

    @Test
    void knowsNamespacesAnywhereInTheInputBeforeItJudges() throws IOException {
        Path deploy = Files.createDirectories(folder.resolve("deploy/zz"));
        String pod = Files.writeString(folder.resolve("deploy/a.yaml"), POD).toString();
        Path last = Files.writeString(deploy.resolve("z.yaml"), PLAYGROUND);
        CommandRun run = check(folder.resolve("deploy").toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).doesNotContain("namespace unknown").contains("1 without a workload");
        assertThat(check(pod, last.toString()).code()).isZero();
        String production = write("production.yaml", PRODUCTION);
        assertThat(check("--namespace-labels", production, pod, last.toString()).code())
                .as("what is checked counts first")
                .isZero();
        assertThat(withInput(POD + "---\n" + PLAYGROUND, () -> check("-")).code())
                .isZero();
        assertThat(withInput(POD, () -> check("-", last.toString())).code()).isZero();
    }

    @Test
    void leavesAPipeToBeReadOnce() throws Exception {
        Path pipe = folder.resolve("pipe.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Thread writer = Thread.ofVirtual().start(() -> writeTo(pipe));
        CommandRun run = check(pipe.toString());
        writer.join();
        assertThat(run.out()).contains("Pod shop/web  allowed");
    }

    private static void writeTo(Path pipe) {
        try {
            Files.writeString(pipe, POD + "---\n" + PLAYGROUND);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void refusesNamespacesAloneWhereNoPolicyAsksForThem() throws IOException {
        String namespaces = write("namespaces.yaml", PLAYGROUND);
        assertThat(check(namespaces).code()).isZero();
        assertThat(CommandRun.of("check", namespaces).code()).isEqualTo(ExitCode.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a: [", "kind: Pod\napiVersion: v1\n"})
    void refusesAFileWithoutNamespaces(String text) throws IOException {
        String pod = write("pod.yaml", POD);
        CommandRun run = check("--namespace-labels", write("namespaces.yaml", text), pod);
        assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).startsWith("portcullis: --namespace-labels " + folder);
        assertThat(check("--namespace-labels", folder.toString(), pod).err()).contains("is a folder: name a file");
        assertThat(check("--namespace-labels", folder.resolve("none").toString(), pod)
                        .code())
                .isEqualTo(ExitCode.UNREADABLE);
    }

    @Test
    void printsPoliciesThatAskWhatLabelsAsk() throws IOException {
        String namespaces = namespace("shop", "pod-security.kubernetes.io/enforce: baseline")
                + "---\n"
                + namespace(
                                "12",
                                "pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/warn: strict")
                        .replace("name: 12", "name: \"12\"")
                + "---\n"
                + namespace("quiet", "team: a");
        CommandRun run = withInput(namespaces, () -> CommandRun.of("policy", "from-namespace-labels", "-"));
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
                # From the labels pod-security.kubernetes.io/* of 3 namespaces, 1 of which ask nothing.
                # Labels that change later change nothing here; podSecurityLabels: honour follows them.
                # 12: pod-security.kubernetes.io/warn is strict, which is no level: it asks nothing
                ---
                # 2 namespaces
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata:
                  name: pod-security-enforce-baseline-latest
                spec:
                  match:
                    platforms: [kubernetes]
                    namespaces:
                      selector:
                        matchExpressions:
                          - key: kubernetes.io/metadata.name
                            operator: In
                            values:
                              - "12"
                              - "shop"
                    kinds: [Pod]  # what makes pods is only told of
                  profile: baseline
                  version: latest
                  mode: enforce
                  fix: false
                ---
                # 1 namespace
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata:
                  name: pod-security-warn-baseline-latest
                spec:
                  match:
                    platforms: [kubernetes]
                    namespaces:
                      selector:
                        matchExpressions:
                          - key: kubernetes.io/metadata.name
                            operator: In
                            values:
                              - "shop"
                  profile: baseline
                  version: latest
                  mode: warn
                  fix: false
                """);
        String file = write("policies.yaml", run.out());
        assertThat(CommandRun.of("policy", "lint", file).out()).isEqualTo("2 policies, 0 exemptions: ok\n");
    }

    @Test
    void printsCommentsAloneWhereNothingIsAskedAndRefusesWhatIsNoNamespace() throws IOException {
        String quiet = write("quiet.yaml", namespace("quiet", "team: a"));
        CommandRun run = CommandRun.of("policy", "from-namespace-labels", quiet);
        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.startsWith("# "));
        for (String wrong : new String[] {
            write("pod.yaml", POD),
            write("odd.yaml", namespace("\"a\\nb\"", "pod-security.kubernetes.io/enforce: baseline")),
            folder.resolve("none").toString()
        }) {
            run = CommandRun.of("policy", "from-namespace-labels", wrong);
            assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
            assertThat(run.out()).isEmpty();
        }
    }
}
