package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file that is written anew, besides its text. */
class AtomicWriteTest {
    @TempDir
    private Path folder;

    @Test
    void keepsTheOwner() throws Exception {
        Path pod = PodToFix.in(folder);
        try {
            Files.setAttribute(pod, "unix:uid", 4_321);
            Files.setAttribute(pod, "unix:gid", 4_322);
        } catch (IOException notAllowed) {
            // Only root could take it away either.
        }
        List<Object> before = List.of(Files.getAttribute(pod, "unix:uid"), Files.getAttribute(pod, "unix:gid"));

        CommandRun run = CommandRun.of("fix", "--in-place", pod.toString());

        assertThat(run.err()).contains("1 file fixed");
        assertThat(List.of(Files.getAttribute(pod, "unix:uid"), Files.getAttribute(pod, "unix:gid")))
                .isEqualTo(before);
    }

    @Test
    void leavesOtherHardLinksAsTheyAre() throws Exception {
        Path pod = PodToFix.in(folder);
        Path link = Files.createLink(folder.resolve("other.txt"), pod);

        assertThat(CommandRun.of("fix", "--in-place", pod.toString()).err()).contains("1 file fixed");

        assertThat(Files.readString(pod)).startsWith(PodToFix.TEXT).isNotEqualTo(PodToFix.TEXT);
        assertThat(link).hasContent(PodToFix.TEXT);
    }

    @Test
    void saysWhyAFileCannotBeWritten() {
        Path gone = folder.resolve("gone.yaml");

        assertThatThrownBy(() -> AtomicWrite.replace(gone, PodToFix.TEXT, PodToFix.TEXT))
                .isInstanceOfSatisfying(
                        NoSuchFileException.class,
                        failed -> assertThat(ReadProblem.reason(failed)).isEqualTo("it went away meanwhile"));
    }
}
