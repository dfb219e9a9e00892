package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.PortcullisCommand;
import dev.portcullis.testing.Shared;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fix} makes of manifests is what the API server takes. */
@ExtendWith(ControlPlaneExtension.class)
final class FixIT {
    private static ControlPlane controlPlane;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeNamespaces(ControlPlane started) {
        controlPlane = started;
        List.of("monitoring", "longhorn-system").forEach(name -> controlPlane.namespace(name, Map.of()));
    }

    @Test
    void whatTheServerTookItTakesFixed() throws Exception {
        for (String name : List.of("argo-cd", "kube-prometheus", "longhorn", "online-boutique")) {
            String before = Files.readString(Shared.path("manifests").resolve(name + ".yaml"));
            Path file = Files.writeString(folder.resolve(name + ".yaml"), before);
            PortcullisCommand.commandLine(
                            (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                    .setOut(new PrintWriter(Writer.nullWriter()))
                    .setErr(new PrintWriter(Writer.nullWriter()))
                    .execute("fix", "--in-place", "--all", file.toString());

            List<String> taken = taken(before);
            assertThat(taken).as(name).hasSizeGreaterThan(3);
            assertThat(Files.readString(file)).isNotEqualTo(before);
            assertThat(taken(Files.readString(file))).as(name).isEqualTo(taken);
        }
    }

    /** What the server would create; kinds that it does not know are left out. */
    private static List<String> taken(String manifests) {
        return controlPlane
                .kubectlWithInput(manifests, "apply", "--dry-run=server", "--validate=strict", "-f", "-")
                .stdout()
                .lines()
                .filter(line -> line.contains("(server dry run)"))
                .toList();
    }
}
