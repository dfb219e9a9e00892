package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Shared;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code check} says of manifests that the world runs, to the letter. {@code -Dportcullis.goldens=rewrite} writes the
 * goldens anew: read what changed before you keep it.
 */
class ManifestsTest {
    private static final Path GOLDENS = Path.of("src", "test", "goldens", "manifests");
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("portcullis.goldens"));

    @ParameterizedTest
    @ValueSource(strings = {"argo-cd", "kube-prometheus", "longhorn", "online-boutique"})
    void saysOfPublicManifestsWhatItsGoldenSays(String name) throws Exception {
        Path folder = Shared.path("manifests");
        StringWriter out = new StringWriter();
        int exitCode = PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(out))
                .execute("check", folder.resolve(name + ".yaml").toString());
        String told = out.toString().replace(folder + "/", "");

        assertThat(exitCode).as("nothing that could not be read").isLessThan(ExitCode.UNREADABLE);
        assertThat(told).doesNotContain("unreadable", "  error");
        Path golden = GOLDENS.resolve(name + ".txt");
        if (REWRITE) {
            Files.writeString(Files.createDirectories(GOLDENS).resolve(golden.getFileName()), told);
        }
        assertThat(told).isEqualTo(Files.readString(golden));
    }
}
