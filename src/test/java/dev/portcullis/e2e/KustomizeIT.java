package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.PortcullisCommand;
import dev.portcullis.testing.Shared;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the patches that {@code check -o kustomize} writes, kustomize makes objects to which the gate has nothing to add. */
@ExtendWith(ControlPlaneExtension.class)
final class KustomizeIT {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: many-fixes}
            spec:
              profile: hardened
              checks:
                capabilities-dropped: {fix: true}
                read-only-root-filesystem: {fix: true}
                memory-limit: {fix: true}
                cpu-limit: {fix: true}
                user-namespace: {fix: true}
                service-account-token: {fix: true}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"argo-cd", "kube-prometheus", "longhorn", "online-boutique"})
    void leavesNothingToAdd(String name, ControlPlane controlPlane) throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Path base = Files.createDirectory(folder.resolve("base"));
        Files.copy(Shared.path("manifests").resolve(name + ".yaml"), base.resolve("all.yaml"));
        String patches = check(policy, base.resolve("all.yaml"));
        assertThat(patches).contains("- patch: |\n", "hostUsers: false");
        Files.writeString(base.resolve("kustomization.yaml"), "resources: [all.yaml]\n" + patches);

        CommandResult built = controlPlane.kubectl("kustomize", base.toString());

        assertThat(built.exitCode()).as(built.stderr()).isZero();
        Path whole = Files.writeString(folder.resolve("whole.yaml"), built.stdout());
        assertThat(check(policy, whole)).isEqualTo("patches: []\n");
    }

    @Test
    void hasNothingForWhatIsAsItShouldBe() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Path pod = Files.writeString(folder.resolve("pod.yaml"), Manifests.pod("good", Manifests.GOOD));
        assertThat(check(policy, pod)).isEqualTo("patches: []\n");
    }

    private static String check(Path policy, Path file) {
        StringWriter text = new StringWriter();
        PortcullisCommand.commandLine(
                        (data, policies, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(text))
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute("check", "-o", "kustomize", "--policy", policy.toString(), file.toString());
        return text.toString();
    }
}
