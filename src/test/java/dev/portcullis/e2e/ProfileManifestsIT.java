package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.PortcullisCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server takes the objects that carry profiles, and the example that installs them. */
@ExtendWith(ControlPlaneExtension.class)
final class ProfileManifestsIT {
    private static final String POD = "docs/examples/profiles/pod.yaml";

    private final ControlPlane controlPlane;

    ProfileManifestsIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    private static String made(String... arguments) {
        StringWriter made = new StringWriter();
        int code = PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(made))
                .execute(arguments);
        assertThat(code).isZero();
        return made.toString();
    }

    private void defineOperator() throws IOException {
        try (InputStream content = ProfileManifestsIT.class.getResourceAsStream("operator-crds.yaml")) {
            String definitions = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            CommandResult.succeeds(controlPlane.kubectlWithInput(definitions, "apply", "-f", "-"));
        }
        CommandResult.succeeds(controlPlane.kubectl(
                "wait",
                "--for=condition=Established",
                "--timeout=60s",
                "crd/apparmorprofiles.security-profiles-operator.x-k8s.io",
                "crd/seccompprofiles.security-profiles-operator.x-k8s.io"));
    }

    private CommandResult create(String manifests) {
        return controlPlane.kubectlWithInput(
                manifests, "create", "--dry-run=server", "--validate=strict", "-o", "name", "-f", "-");
    }

    @Test
    void theOperatorsApiTakesItsResources() throws IOException {
        defineOperator();
        CommandResult armor = create(made("profile", "apparmor", "--from", POD, "-o", "operator"));
        CommandResult.succeeds(armor);
        assertThat(armor.stdout()).isEqualTo("apparmorprofile.security-profiles-operator.x-k8s.io/shop-web-app\n");
        CommandResult bane =
                create(made("profile", "apparmor", "--from", "docs/examples/profiles/nginx.toml", "-o", "operator"));
        CommandResult.succeeds(bane);
        CommandResult seccomp = create(
                made("profile", "seccomp", "--from", POD, "--allow", "keyctl if arg0 & 0xff == 3", "-o", "operator"));
        CommandResult.succeeds(seccomp);
        assertThat(seccomp.stdout()).isEqualTo("seccompprofile.security-profiles-operator.x-k8s.io/shop-web-app\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apparmor", "seccomp"})
    void aConfigMapHoldsTheProfileAsItIsPrinted(String kind) {
        String map = made("profile", kind, "--from", POD, "-o", "configmap");
        CommandResult created = controlPlane.kubectlWithInput(
                map,
                "create",
                "--dry-run=server",
                "--validate=strict",
                "-o",
                "jsonpath={.data.*}",
                "-n",
                "default",
                "-f",
                "-");
        CommandResult.succeeds(created);
        assertThat(created.stdout()).isEqualTo(made("profile", kind, "--from", POD));
    }

    @Test
    void theInstallerIsTaken() throws IOException {
        String installer = Files.readString(Path.of("docs/examples/profiles/node-installer.yaml"));
        CommandResult.succeeds(
                controlPlane.kubectlWithInput(installer.substring(0, installer.indexOf("---")), "apply", "-f", "-"));
        CommandResult created = create(installer.substring(installer.indexOf("---")));
        CommandResult.succeeds(created);
        assertThat(created.stdout()).isEqualTo("daemonset.apps/node-profiles\n");
    }
}
