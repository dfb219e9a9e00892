package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker inspect} prints, as something to judge and as something to know. */
class ImageConfigTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers:
                - name: app
                  image: nginx:1.29
                  securityContext: {runAsNonRoot: true}
            """;

    private static final String IMAGE = """
            [{"Id": "sha256:ab", "RepoTags": ["nginx:1.29"], "RepoDigests": [], "Architecture": "amd64", "Os": "linux",
              "RootFS": {"Type": "layers"}, "Config": {"User": "web"}}]
            """;

    private static final String OCI = """
            {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers"}, "config": {"User": "web"}}
            """;

    private static final String CONTAINER = """
            [{"Id": "4d", "Name": "/web", "State": {}, "Mounts": [],
              "Config": {"User": "", "Image": "nginx:1.29"},
              "HostConfig": {"Privileged": true, "PidsLimit": null, "NetworkMode": "bridge"}}]
            """;

    private static final String KNOWN_TO_BE_A_NAME = "the image's USER is \"web\"";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int check(String... arguments) throws IOException {
        String[] all = new String[arguments.length + 2];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = file("pod.yaml", POD);
        return PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> properties.size(),
                        (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    @Test
    void knowsAnImageByTheNamesThatTheEngineHasForIt() throws IOException {
        check("--image-config", file("image.json", IMAGE));
        assertThat(out.toString()).contains("warn   start-user", KNOWN_TO_BE_A_NAME);
    }

    @Test
    void knowsAnImageByTheNameThatIsGiven() throws IOException {
        check("--image-config", "docker.io/library/nginx:1.29=" + file("config.json", OCI));
        assertThat(out.toString()).contains(KNOWN_TO_BE_A_NAME);
    }

    @Test
    void neverTakesAnotherImageForIt() throws IOException {
        check("--image-config", "nginx:1.30=" + file("config.json", OCI));
        assertThat(out.toString()).doesNotContain("start-user  ").contains("not judged here: ", "start-user");
    }

    @Test
    void asksForTheNameOfAConfigurationThatHasNone() throws IOException {
        String config = file("config.json", OCI);
        assertThat(check("--image-config", config)).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString())
                .contains("it does not say which image it is of: write --image-config REFERENCE=" + config);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysWhereAConfigurationIsWrong() throws IOException {
        assertThat(check("--image-config", file("a.json", "[{\"Id\": 1]"))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("a.json: ", "line 1");

        assertThat(check("--image-config", file("b.json", IMAGE.replace("\"web\"", "5"))))
                .isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("b.json: [0].Config.User is a number: write a string");

        assertThat(check("--image-config", file("c.json", CONTAINER))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString())
                .contains("c.json: [0] is no image configuration: give what docker inspect IMAGE prints");

        assertThat(check("--image-config", "nowhere.json")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("nowhere.json: no such file");
    }

    @Test
    void refusesTwoConfigurationsOfOneImage() throws IOException {
        String other = file("other.json", OCI.replace("web", "10001"));
        assertThat(check("--image-config", file("image.json", IMAGE), "--image-config", "nginx:1.29=" + other))
                .isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("other.json: two configurations are given for \"nginx:1.29\"");
    }

    @Test
    void refusesOneNameForTwoImages() throws IOException {
        String two = file("two.json", "[" + OCI + "," + OCI + "]");
        assertThat(check("--image-config", "nginx:1.29=" + two)).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("it holds 2 images");
    }

    @Test
    void judgesContainersAndImagesThatAreInspectedWithoutOfferingFixes() throws IOException {
        String inspected = file(
                "inspected.json",
                CONTAINER.strip().replaceFirst("]$", ",") + IMAGE.strip().substring(1));
        assertThat(check("-o", "json", inspected)).isEqualTo(ExitCode.VIOLATIONS);

        String report = out.toString();
        assertThat(report)
                .contains(
                        "\"kind\" : \"Container\"",
                        "\"kind\" : \"Image\"",
                        "\"name\" : \"nginx:1.29\"",
                        "\"path\" : \"/0/HostConfig/Privileged\"",
                        "\"path\" : \"/0/HostConfig/PidsLimit\"",
                        "\"path\" : \"/1/Config/Healthcheck/Test\"");
        String ofInspected = report.substring(0, report.indexOf("pod.yaml"));
        assertThat(ofInspected).doesNotContain("\"safe\"", "\"op\"");
    }

    @Test
    void judgesAContainerThatIsInspectedAlone() throws IOException {
        String alone = CONTAINER.strip();
        check(file("alone.json", alone.substring(1, alone.length() - 1)));
        assertThat(out.toString())
                .contains("Container web  denied", "HostConfig.Privileged is true")
                .contains("Config.User is not set, and the image's own user is root");
    }
}
