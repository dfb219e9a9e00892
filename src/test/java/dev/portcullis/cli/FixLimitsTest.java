package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code fix} makes of texts that are large, or made to be in the way. */
class FixLimitsTest {
    @ParameterizedTest
    @ValueSource(strings = {"---\n", "- "})
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void showsWhatChangesInThousandsOfDocuments(String start) {
        String document = start + "a: 1\n  b: 2\n  c: 3\n  d: 4\n  e: 5\n  f: 6\n  g: 7\n";
        String changed = document + "  h: 8\n".repeat(20);
        int documents = 5_000;

        String diff = UnifiedDiff.of("many.yaml", document.repeat(documents), changed.repeat(documents));

        assertThat(diff.lines().filter(line -> line.startsWith("+  "))).hasSize(20 * documents);
        assertThat(diff.lines().skip(1).filter(line -> line.startsWith("-"))).isEmpty();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void looksForTemplatesOnce() {
        String text = "a: \"" + "{".repeat(400_000) + "\"\n";

        CommandRun run = CommandRun.reading(text, "fix", "--in-place", "-");

        assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).contains("holds no pod").doesNotContain("Helm");
    }
}
