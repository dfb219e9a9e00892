package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.testing.Shared;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code fix} shows, writes and tells. */
class FixTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers:
                - name: web # the shop
                  image: nginx:1.29.3
            """;

    @TempDir
    private Path folder;

    @Test
    void showsTheDiffAndWritesNothing() throws Exception {
        Path pod = Files.writeString(folder.resolve("pod.yaml"), POD);

        CommandRun run = CommandRun.of("fix", pod.toString());

        assertThat(run.out())
                .startsWith("--- a" + pod + "\n+++ b" + pod + "\n@@ ")
                .contains("+      securityContext:\n+        allowPrivilegeEscalation: false\n")
                .doesNotContain("\n-");
        assertThat(run.err())
                .contains("left to --all: " + pod + ":6 container web: spec.containers[0].securityContext.runAsNonRoot")
                .contains("cannot fix: " + pod + ":7 container web: spec.containers[0].image")
                .contains("1 file to fix; left: ");
        assertThat(run.code()).isEqualTo(ExitCode.VIOLATIONS);
        assertThat(pod).hasContent(POD);
    }

    @Test
    void writesInPlaceThroughALinkAndOnce() throws Exception {
        Path pod = Files.writeString(folder.resolve("pod.txt"), POD);
        Files.setPosixFilePermissions(pod, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("pod.yaml"), pod.getFileName());

        CommandRun first = CommandRun.of("fix", "--in-place", "--all", folder.toString());
        String written = Files.readString(pod);
        CommandRun second = CommandRun.of("fix", "--in-place", "--all", folder.toString());

        assertThat(written).contains("name: web # the shop", "hostUsers: false", "readOnlyRootFilesystem: true");
        assertThat(first.code()).isEqualTo(ExitCode.COMPLIANT);
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pod)))
                .isEqualTo("rw-r-----");
        assertThat(second.err()).contains("0 files fixed");
        assertThat(pod).hasContent(written);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void onlyTellsWhetherSomethingCouldBeFixed() throws Exception {
        Path pod = Files.writeString(folder.resolve("pod.yaml"), POD);

        CommandRun before = CommandRun.of("fix", "--check", pod.toString());
        CommandRun.of("fix", "--in-place", pod.toString());
        CommandRun after = CommandRun.of("fix", "--check", pod.toString());

        assertThat(List.of(before.code(), after.code())).containsExactly(ExitCode.VIOLATIONS, ExitCode.COMPLIANT);
        assertThat(before.out()).isEmpty();
    }

    @Test
    void fixesComposeFilesInTheirOwnKeys() throws Exception {
        Path file = Files.writeString(folder.resolve("compose.yaml"), """
                services:
                  web:
                    image: nginx:1.29.3   # pinned
                    cap_add: [CHOWN]
                """);

        CommandRun.of("fix", "--in-place", file.toString());

        assertThat(Files.readString(file)).startsWith("""
                services:
                  web:
                    image: nginx:1.29.3   # pinned
                    cap_add: [CHOWN]
                """).contains("no-new-privileges=true", "pids_limit: 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image: {{ .Values.image }}", "image: \"{{ .Values.image }}\"", "{{- if x }}\na: b"})
    void refusesHelmTemplatesWithAdvice(String line) throws Exception {
        String template = POD.replace("image: nginx:1.29.3", line);
        Path file = Files.writeString(folder.resolve("pod.yaml"), template);

        CommandRun run = CommandRun.of("fix", "--in-place", file.toString());

        assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).contains("helm template");
        assertThat(file).hasContent(template);
    }

    @Test
    void refusesUsageThatContradictsItself() {
        assertThat(CommandRun.of("fix", "--in-place", "--check", "x").code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(CommandRun.of("fix", folder.resolve("none.yaml").toString()).code())
                .isEqualTo(ExitCode.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"argo-cd", "kube-prometheus", "longhorn", "online-boutique"})
    void addsToPublicManifestsAndTakesNothingAway(String name) throws Exception {
        String before = Files.readString(Shared.path("manifests").resolve(name + ".yaml"));
        Path file = Files.writeString(folder.resolve(name + ".yaml"), before);

        CommandRun shown = CommandRun.of("fix", "--all", file.toString());
        CommandRun.of("fix", "--in-place", "--all", file.toString());
        String after = Files.readString(file);
        CommandRun again = CommandRun.of("fix", "--in-place", "--all", file.toString());

        assertThat(shown.err()).doesNotContain("mistake", " – ");
        assertThat(shown.out().lines().filter(line -> line.startsWith("-") && !line.startsWith("---")))
                .as("lines that are gone were empty values")
                .allMatch(line -> line.matches("-.*(\\{}|\\[]|null)\\s*"));
        assertThat(again.err()).contains("0 files fixed");
        assertThat(file).hasContent(after);
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void copiesWhereADockerfileAdds() throws Exception {
        String before = "\uFEFF# syntax=docker/dockerfile:1\r\nFROM a@sha256:" + "0".repeat(64)
                + "\r\n\tadd --chown=app a.txt \\\r\n  b/ /x # and so on\r\nADD c.tar.gz d /y\r\nADD --keep-git-dir=true e /z\r\n"
                + "ONBUILD ADD f /f\r\nADD https://example.com/g /g\r\nUSER 10001";
        Path file = Files.writeString(folder.resolve("Dockerfile"), before);

        CommandRun plain = CommandRun.of("fix", file.toString());
        CommandRun run = CommandRun.of("fix", "--in-place", "--all", file.toString());
        CommandRun again = CommandRun.of("fix", "--in-place", "--all", file.toString());

        assertThat(plain.err()).contains("left to --all: " + file + ":3 ADD copies \"a.txt\"; use COPY");
        assertThat(file).hasContent(before.replace("\tadd", "\tcopy"));
        assertThat(run.err())
                .contains("cannot fix: " + file + ":5 ADD copies \"d\"; use COPY – no fix can be chosen")
                .contains(":6 ADD copies \"e\"; use COPY – COPY does not know --keep-git-dir: take it away first")
                .contains(":7 ")
                .contains(":8 ");
        assertThat(again.err()).contains("0 files fixed");
    }

    @Test
    void copiesOnlyWhatIsCertainToBeNoArchive() throws Exception {
        String certain = """
                ADD a.txt *.conf d/ /1
                ADD ["a b", "/2"]
                ADD \\
                # c
                  a /3
                ADD a $HOME/
                """;
        String doubtful = """
                ADD $FILE /4
                ADD a* /5
                ADD A.TAR.GZ /6
                ADD layer.xz /7
                ADD ftp://x/y /8
                ADD a.gz b /9
                ADD --chown=a \\
                  --keep-git-dir=true e /10
                """;
        String head = """
                FROM scratch
                ARG FILE=a.txt
                ENV HOME=/h
                RUN <<EOF
                ADD a b
                EOF
                """;
        Path file = Files.writeString(folder.resolve("Dockerfile"), head + certain + doubtful + "USER 10001\n");

        CommandRun run = CommandRun.of("fix", "--in-place", "--all", file.toString());

        assertThat(file).hasContent(head + certain.replace("ADD", "COPY") + doubtful + "USER 10001\n");
        assertThat(run.err().lines().filter(line -> line.contains("use COPY")))
                .hasSize(7)
                .allMatch(line -> line.contains(" – "));
        assertThat(run.err())
                .contains("HEALTHCHECK is not set", " – no fix can be chosen without knowing what is built");
    }

    @Test
    void tellsWhatCannotBeReadAsCheckDoes() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path none = folder.resolve("none.yaml");
        Path links = Files.createDirectory(folder.resolve("links"));
        Path dangling = Files.createSymbolicLink(links.resolve("link.yaml"), Path.of("nowhere"));

        for (Path path : List.of(empty, none, links)) {
            CommandRun fix = CommandRun.of("fix", path.toString());
            CommandRun check = CommandRun.of("check", path.toString());
            assertThat(fix.code()).as("%s", path).isEqualTo(check.code()).isEqualTo(ExitCode.UNREADABLE);
        }
        assertThat(CommandRun.of("fix", none.toString()).err()).startsWith(none + ": no such file or folder\n");
        assertThat(CommandRun.of("fix", folder.toString()).err()).startsWith(dangling + ": leads nowhere\n");
        assertThat(CommandRun.of("fix", empty.toString()).err()).startsWith(empty + ": holds no Dockerfile");
        assertThat(ReadProblem.of(none, true, new AccessDeniedException(none.toString()))
                        .text())
                .isEqualTo("cannot be read: permission is denied");
    }

    @Test
    void endsIncompleteWhereAFileWentAway() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), POD);
        Path second = Files.writeString(folder.resolve("b.yaml"), POD);

        CommandRun run = CommandRun.writingTo(new DeletingWriter(second), "fix", folder.toString());

        assertThat(run.err()).contains(second + ": went away while the folder was read");
        assertThat(run.code()).isEqualTo(ExitCode.INCOMPLETE);
    }

    /** Takes a file away as soon as something is written. */
    private static final class DeletingWriter extends StringWriter {
        private final Path file;

        DeletingWriter(Path file) {
            this.file = file;
        }

        @Override
        public void write(String text, int offset, int length) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            super.write(text, offset, length);
        }
    }

    @Test
    void showsEachFileOnce() throws Exception {
        Path pod = Files.writeString(folder.resolve("pod.yaml"), POD);
        Files.createSymbolicLink(folder.resolve("link.yaml"), pod.getFileName());

        CommandRun run = CommandRun.of("fix", folder.toString(), pod.toString());

        assertThat(run.out().lines().filter(line -> line.startsWith("--- "))).hasSize(1);
        assertThat(run.err()).contains("1 file to fix");
    }

    @Test
    void doesNotWriteOverWhatWasChangedMeanwhile() throws Exception {
        Path pod = Files.writeString(folder.resolve("pod.yaml"), POD);

        assertThatThrownBy(() -> AtomicWrite.replace(pod, "what it was", "what it shall be"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run the command again");
        assertThat(pod).hasContent(POD);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void leavesOutWhatBringsSomethingElse() throws Exception {
        Path policy = policy("""
                    - name: no-volumes
                      expression: "!has(object.spec.volumes)"
                      message: "no volume may be mounted"
                """);
        Path pods = Files.writeString(folder.resolve("pods.yaml"), POD + "---\n" + POD.replace("web", "shop"));

        CommandRun run = CommandRun.of("fix", "--all", "--in-place", "--policy", policy.toString(), pods.toString());
        String written = Files.readString(pods);
        CommandRun again = CommandRun.of("fix", "--all", "--in-place", "--policy", policy.toString(), pods.toString());

        assertThat(written)
                .contains("hostUsers: false", "drop:", "runAsNonRoot: true")
                .doesNotContain("readOnlyRootFilesystem", "volumes");
        assertThat(run.err().lines().filter(line -> line.endsWith(": no volume may be mounted")))
                .as("each told for both pods")
                .hasSize(2)
                .allMatch(line -> line.startsWith("cannot fix: " + pods))
                .allMatch(line -> line.contains(" – its fix would bring something else: "));
        assertThat(again.err()).contains("0 files fixed");
        assertThat(pods).hasContent(written);
    }

    @Test
    void leavesOutWhatDoesNotClearItsFinding() throws Exception {
        Path policy = policy("""
                    - name: team
                      expression: "has(object.metadata.labels) && ('team' in object.metadata.labels ? object.metadata.labels['team'] : '') in ['shop', 'search']"
                      message: "name the team"
                      fix: {patch: [{op: add, path: /metadata/labels/team, value: unknown}]}
                """);
        Path pod = Files.writeString(folder.resolve("pod.yaml"), POD.replace("web}", "web, labels: {a: b}}"));

        CommandRun run = CommandRun.of("fix", "--all", "--in-place", "--policy", policy.toString(), pod.toString());

        assertThat(run.err()).contains("name the team – its fix would not clear it");
        assertThat(Files.readString(pod)).contains("labels: {a: b}", "hostUsers: false");
    }

    private Path policy(String rules) throws IOException {
        return Files.writeString(folder.resolve("policy.txt"), """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: ours}
                spec:
                  profile: hardened
                  rules:
                """ + rules);
    }

    @Test
    void tellsOfOneThingWhatIsNotSoOfAnother() throws Exception {
        Path pods = Files.writeString(folder.resolve("pods.yaml"), """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: one}
                  spec:
                    containers:
                    - name: web
                      image: nginx:1.29.3
                      workingDir: /srv
                      securityContext: !!map {}
                ---
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: two}
                  spec:
                    containers:
                    - name: web
                      image: nginx:1.29.3
                      workingDir: /srv
                """);

        CommandRun run = CommandRun.of("fix", "--all", pods.toString());

        assertThat(run.err())
                .contains(":12 container web: items[0].spec.containers[0].securityContext.allowPrivilegeEscalation")
                .contains(" – a tag stands in front of the value: edit it by hand");
        assertThat(run.err().lines().filter(line -> line.contains("on the read-only root filesystem")))
                .as("found once it is fixed, and told where it stands before")
                .singleElement()
                .asString()
                .startsWith("cannot fix: " + pods + ":24 ");
        assertThat(run.out()).contains("+        readOnlyRootFilesystem: true").doesNotContain("-    securityContext");
    }

    @Test
    void readsStandardInput() {
        CommandRun shown = CommandRun.reading(POD, "fix", "-");
        CommandRun printed = CommandRun.reading(POD, "fix", "--in-place", "-");
        CommandRun again = CommandRun.reading(printed.out(), "fix", "--in-place", "-");
        CommandRun template = CommandRun.reading("a: {{ .Values.a }}\n", "fix", "--in-place", "-");

        assertThat(shown.out()).startsWith("--- a/-\n+++ b/-\n@@ ").contains("+      securityContext:\n");
        assertThat(printed.out()).startsWith(POD).contains("\n        allowPrivilegeEscalation: false\n");
        assertThat(printed.err()).contains("cannot fix: -:7 ", "1 file fixed");
        assertThat(again.out()).as("what needs no fix").isEqualTo(printed.out());
        assertThat(template.out()).as("what cannot be fixed").isEqualTo("a: {{ .Values.a }}\n");
        assertThat(template.code()).isEqualTo(ExitCode.UNREADABLE);
    }

    @Test
    void showsWhatGitApplies() throws Exception {
        assumeTrue(git("--version") == 0, "there is no git to apply the difference");
        Path below = Files.createTempDirectory(Path.of("target"), "fix ü");
        Map<String, String> texts = Map.of(
                "plain.yaml",
                POD,
                "crlf.yaml",
                POD.replace("\n", "\r\n"),
                "open end.yaml",
                POD.stripTrailing(),
                "line\nbreak\".yaml",
                POD);
        for (var text : texts.entrySet()) {
            Files.writeString(below.resolve(text.getKey()), text.getValue());
        }

        CommandRun shown = CommandRun.of("fix", "--all", below.toString());
        Path diff = Files.writeString(folder.resolve("fixes.diff"), shown.out());

        assertThat(git("apply", diff.toString())).isZero();
        for (var text : texts.entrySet()) {
            CommandRun printed = CommandRun.reading(text.getValue(), "fix", "--all", "--in-place", "-");
            assertThat(Files.readString(below.resolve(text.getKey())))
                    .as(text.getKey())
                    .isEqualTo(printed.out())
                    .isNotEqualTo(text.getValue());
        }
        assertThat(shown.out().lines().filter(line -> line.startsWith("+++ "))).hasSize(texts.size());
    }

    /** Its exit code; -1 where it is not there. */
    private static int git(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException none) {
            return -1;
        }
    }
}
