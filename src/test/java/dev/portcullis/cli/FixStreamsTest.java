package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fix} reads, prints and says where something is in its way. */
class FixStreamsTest {
    @TempDir
    private Path folder;

    @Test
    void endsIncompleteWhereNothingCanBePrinted() throws Exception {
        Path pod = PodToFix.in(folder);
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        StringWriter err = new StringWriter();

        int code = PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(full))
                .setErr(new PrintWriter(err))
                .execute("fix", pod.toString());

        assertThat(code).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(err.toString()).contains("standard output cannot be written to");
    }

    @Test
    void passesOnWhatHoldsNoWorkloadButNotWhatIsNoText() {
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ü}\n";
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("FROM a:1\n# für\nADD a.txt /\n".getBytes(ISO_8859_1)));
        CommandRun latin;
        try {
            latin = CommandRun.of("fix", "--in-place", "-");
        } finally {
            System.setIn(before);
        }
        CommandRun passed = CommandRun.reading(map, "fix", "--in-place", "-");

        assertThat(latin.out()).isEmpty();
        assertThat(latin.err()).contains("is not UTF-8");
        assertThat(passed.out()).isEqualTo(map);
        assertThat(passed.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(CommandRun.reading(map, "fix", "-").out()).isEmpty();
    }

    @Test
    void saysThatADocumentIsInTheWayOfTheOthers() {
        CommandRun run = CommandRun.reading(PodToFix.TEXT + "---\na: [\n", "fix", "--all", "-");

        assertThat(run.err())
                .contains("allowPrivilegeEscalation is not set; set it to false – the file holds a document that cannot"
                        + " be read: correct that first")
                .doesNotContain("left to --all");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void tellsOfEachInstructionWhereItStands() {
        String build = """
                FROM scratch
                ADD a.txt /
                ADD --checksum=sha256:aa a.txt /
                USER 1000
                """;

        CommandRun run = CommandRun.reading(build, "fix", "--all", "-");

        assertThat(run.out()).contains("-ADD a.txt /\n+COPY a.txt /\n");
        assertThat(run.err()).contains("-:3 ADD copies \"a.txt\"").doesNotContain("-:2 ");
    }

    @Test
    void namesFilesBelowTheFolderOfTheCommandAsGitWants() throws Exception {
        Path below = Files.createTempDirectory(Path.of("target"), "fix");
        Path pod = Files.writeString(below.resolve("pod.yaml"), PodToFix.TEXT);

        CommandRun run = CommandRun.of("fix", pod.toAbsolutePath().toString());

        assertThat(run.out()).startsWith("--- a/" + pod + "\n+++ b/" + pod + "\n");
    }
}
