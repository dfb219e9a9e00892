package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code scan docker} without an engine; with one it is in the end-to-end tests. */
class ScanDockerTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    @Test
    void saysWhereNoEngineAnswersAndWhatToDo() {
        String engine = "unix://" + folder.resolve("none.sock");
        CommandRun run = CommandRun.of("scan", "docker", "--engine", engine, "-o", "json");
        assertThat(run.code()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(run.err())
                .contains("the engine at " + folder.resolve("none.sock") + " cannot be reached")
                .contains("--engine unix://PATH");
        assertThat(JsonMapper.shared().readTree(run.out()).path("results").size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --engine tcp://localhost:2375      | --engine is "tcp://localhost:2375": write unix:// and an absolute path
            --engine unix://docker.sock        | write unix:// and an absolute path
            -o kustomize                       | --output kustomize is for manifests
            --profile hardened --policy a.yaml | not both
            --profile soft                     | baseline, restricted
            """)
    void refusesWhatItCannotDo(String options, String problem) {
        CommandRun run = CommandRun.of(("scan docker " + options).split(" "));
        assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).contains(problem);
    }

    @Test
    void tellsHowToBegin() {
        assertThat(CommandRun.of("scan").out()).contains("portcullis scan docker");
    }

    @ParameterizedTest
    @CsvSource({
        "sha256:{}, sha256:0123456789ab",
        "container:{} and {}., container:0123456789ab and 0123456789ab.",
        "/volumes/{}/_data, /volumes/0123456789ab/_data",
        "{}{}, 0123456789ab",
        "{}, 0123456789ab",
        "memory 1234567890123456789, memory 1234567890123456789",
        "0123456789abcdef0123456, 0123456789abcdef0123456",
        "0123456789abcdef01234567…, 0123456789ab…"
    })
    void shortensIdentifiers(String text, String shown) throws IOException {
        StringWriter out = new StringWriter();
        try (ShortIds ids = new ShortIds(out)) {
            for (char c : text.replace("{}", ID).toCharArray()) {
                ids.write(c);
            }
        }
        assertThat(out).hasToString(shown);
    }
}
