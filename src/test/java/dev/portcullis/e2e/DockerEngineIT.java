package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine that the other tests build on does what they take for granted. */
final class DockerEngineIT {
    @BeforeEach
    void requireEngine() {
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
    }

    @Test
    void runsWhatItImportedAndKeepsItOverARestart() {
        try (DockerEngine engine = DockerEngine.start()) {
            engine.importImage("busybox:1", "USER 10001");
            CommandResult run = engine.docker("run", "--network", "none", "busybox:1", "id", "-u");
            assertThat(run.stderr()).isEmpty();
            assertThat(run.stdout()).isEqualTo("10001\n");

            engine.restart("--live-restore");

            assertThat(engine.docker("ps", "-a", "--format", "{{.Image}} {{.Status}}")
                            .stdout())
                    .startsWith("busybox:1 Exited (0)");
            assertThat(engine.docker("info", "--format", "{{.LiveRestoreEnabled}}")
                            .stdout())
                    .isEqualTo("true\n");
        }
    }
}
