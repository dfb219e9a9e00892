package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.testing.AppArmorParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AppArmorCommandTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              volumes:
              - {name: tmp, emptyDir: {}}
              - {name: settings, configMap: {name: settings}}
              - {name: logs, hostPath: {path: /var/log/web}}
              containers:
              - name: app
                image: nginx
                ports: [{containerPort: 8080}, {containerPort: 9999, protocol: SCTP}]
                securityContext:
                  readOnlyRootFilesystem: true
                  capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
                volumeMounts:
                - {name: tmp, mountPath: /tmp}
                - {name: settings, mountPath: /etc/app, readOnly: true}
                - {name: logs, mountPath: /var/log/web}
              - name: side
                image: busybox
            """;

    private static final String CREATE = """
            {"Image": "reg.example.com/team/web:1", "ExposedPorts": {"53/udp": {}},
             "HostConfig": {"ReadonlyRootfs": true, "NetworkMode": "none", "CapDrop": ["NET_RAW"], "CapAdd": ["SYS_PTRACE"],
               "Tmpfs": {"/run": "size=1m"}, "Binds": ["/srv/data:/data:ro"],
               "Devices": [{"PathOnHost": "/dev/fuse", "PathInContainer": "/dev/fuse", "CgroupPermissions": "rwm"}]}}
            """;

    @TempDir
    private Path folder;

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private CommandRun run(String file, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "profile";
        arguments[1] = "apparmor";
        arguments[2] = "--from";
        arguments[3] = file;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    private static JsonNode yaml(String text) throws UnreadableException {
        return Yaml.readAll(text.getBytes(StandardCharsets.UTF_8), 1).getFirst().root();
    }

    @Test
    void allowsWhatAPodsContainerSays() throws IOException {
        CommandRun run = run(write("pod.yaml", POD), "--container", "app");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("# AppArmor profile shop-web-app: allow-list, enforce.\n")
                .contains(
                        "# It says that it listens on 8080/tcp, 9999/sctp.\n",
                        "\nprofile shop-web-app flags=(attach_disconnected,mediate_deleted) {\n",
                        "  signal (receive) peer=runc,\n",
                        "  signal (send,receive) peer=shop-web-app,\n",
                        "  network inet seqpacket,\n",
                        "  capability net_bind_service,\n",
                        "  /tmp{,/,/**} mrwkl,  # emptyDir\n",
                        "  deny /tmp{,/,/**} x,\n",
                        "  /var/log/web{,/,/**} mrwkl,  # opens \"/var/log/web\" of the host\n")
                .doesNotContain("file,", "capability chown", "network inet raw", "/etc/app{");
    }

    @Test
    void allowsWhatACreateBodySays() throws IOException {
        CommandRun run = run(write("create.json", CREATE), "--name", "web");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "  capability sys_ptrace,\n",
                        "  /dev/fuse rwkl,  # device\n",
                        "  /run{,/,/**} mrwkl,  # tmpfs\n",
                        "  network unix,\n")
                .doesNotContain("capability net_raw", "network inet", "/data{");
    }

    @Test
    void allowsWhatAComposeServiceSays() throws IOException {
        String file = write("compose.yaml", """
                services:
                  web: {image: nginx, read_only: true, tmpfs: [/tmp], cap_drop: [ALL]}
                  db: {image: postgres}
                """);
        CommandRun run = run(file, "--container", "web");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("profile web flags", "/tmp{,/,/**} mrwkl")
                .doesNotContain("capability");
        CommandRun both = run(file);
        assertThat(both.out()).contains("\nprofile web flags", "\nprofile db flags", "  /** mrwklix,\n");
        assertThat(both.out().split("\ninclude <tunables", -1)).hasSize(2);
    }

    @Test
    void theParserTakesEveryForm() throws IOException {
        AppArmorParser.require();
        for (String file : new String[] {write("pod.yaml", POD), write("create.json", CREATE)}) {
            for (String style : new String[] {"allow-list", "docker-default"}) {
                for (String mode : new String[] {"enforce", "complain"}) {
                    CommandRun run = run(file, "--style", style, "--mode", mode);
                    assertThat(AppArmorParser.problem(run.out())).as(run.out()).isEmpty();
                }
            }
        }
    }

    /** A comment ends with its line, and what comes after it would be a rule. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "operator", "configmap"})
    void whatAManifestSaysEndsNoComment(String form) throws IOException {
        String evil = "emptyDir\\n  capability,\\n  file,\\n  #";
        String pod = write("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: shop}
                spec:
                  containers:
                  - name: app
                    image: a
                    securityContext: {readOnlyRootFilesystem: true}
                    ports: [{containerPort: 80, protocol: "EVIL"}]
                    volumeMounts: [{name: a, mountPath: /a}, {name: b, mountPath: /b}]
                  volumes:
                  - {name: a, "EVIL": {}}
                  - {name: b, hostPath: {path: "/EVIL"}}
                """.replace("EVIL", evil));
        CommandRun run = CommandRun.of("profile", "apparmor", "--from", pod, "-o", form);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(String::strip)).doesNotContain("capability,", "file,");
        assertThat(run.out()).contains(form.equals("operator") ? "/b/**" : "emptyDir\\u{a}  capability");
    }

    @Test
    void complainModeDeniesNothingOfFilesAndSockets() throws IOException {
        CommandRun run =
                run(write("pod.yaml", POD), "--container", "app", "--mode", "complain", "--style", "docker-default");
        assertThat(run.out())
                .contains("flags=(complain,attach_disconnected,mediate_deleted)", "deny mount,", "It only logs;")
                .doesNotContain("deny /{", "deny network", "deny /etc/app");
    }

    @Test
    void aNewerAbiIsWrittenWhereItIsAskedFor() throws IOException {
        String file = write("pod.yaml", POD);
        assertThat(run(file, "--abi", "4.0", "--container", "app").out())
                .contains("abi <abi/4.0>,", "  mqueue,\n")
                .doesNotContain("userns,");
        assertThat(run(file, "--abi", "4.0", "--container", "app", "--style", "docker-default")
                        .out())
                .contains("  userns,\n");
        String installed = Files.exists(Path.of("/etc/apparmor.d/abi/4.0")) ? "4.0" : "3.0";
        assertThat(run(file, "--abi", "installed").out()).contains("abi <abi/" + installed + ">,");
    }

    @Test
    void whatMayBeExecutedIsOnlyWhatIsNamed() throws IOException {
        CommandRun run =
                run(write("pod.yaml", POD), "--container", "app", "--exec", "/usr/sbin/nginx", "--write", "/x/**");
        assertThat(run.out())
                .contains(
                        "  /** r,\n",
                        "  /usr/sbin/nginx mrix,\n",
                        "  /x/{,**} rwkl,  # by --write\n",
                        "/tmp{,/,/**} rwkl,");
    }

    @Test
    void writesResourcesOfTheOperatorAndAConfigMap() throws IOException, UnreadableException {
        String file = write("pod.yaml", POD);
        JsonNode operator =
                yaml(run(file, "--container", "app", "-o", "operator").out());
        assertThat(operator.path("apiVersion").stringValue()).isEqualTo("security-profiles-operator.x-k8s.io/v1");
        assertThat(operator.path("kind").stringValue()).isEqualTo("AppArmorProfile");
        assertThat(operator.at("/metadata").toString()).isEqualTo("{\"name\":\"shop-web-app\"}");
        assertThat(operator.at("/spec/mode").stringValue()).isEqualTo("Enforce");
        assertThat(operator.at("/spec/abstract/filesystem/readOnlyPaths").toString())
                .isEqualTo("[\"/etc/app\",\"/etc/app/\",\"/etc/app/**\"]");
        assertThat(operator.at("/spec/abstract/filesystem/readWritePaths").toString())
                .contains("\"/tmp/**\"");
        assertThat(operator.at("/spec/abstract/capability/allowedCapabilities").toString())
                .isEqualTo("[\"net_bind_service\"]");

        JsonNode map = yaml(run(file, "-o", "configmap").out());
        assertThat(map.path("kind").stringValue()).isEqualTo("ConfigMap");
        assertThat(map.path("data").propertyNames()).containsExactlyInAnyOrder("shop-web-app", "shop-web-side");
        assertThat(map.at("/data/shop-web-app").stringValue())
                .isEqualTo(run(file, "--container", "app").out());
        assertThat(run(file, "-o", "operator", "--style", "docker-default").err())
                .contains("use allow-list");
    }

    @Test
    void standardInputMayBeToml() {
        CommandRun run = CommandRun.reading("# a profile\nName = \"x\"\n", "profile", "apparmor", "--from", "-");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("profile docker-x flags");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Name = \"a b\"|Name is \"docker-a b\": use letters",
                "Name = \"default\"|which engines use for a profile of their own",
                "Name = \"x\\n}\\nprofile y {\"|Name is \"docker-x\\u{a}}",
                "Name = \"x\"\\nNmae = \"y\"|Nmae is no key of bane's: use Name",
                "Name = \"x|line 1, column",
                "[Filesystem]\\nWritablePaths = [\"tmp\"]|which is no absolute path: start it with /",
                "[Filesystem]\\nWritablePaths = [\"/a/../etc\"]|has . or .. in it",
                "[Filesystem]\\nWritablePaths = [\"/a{b\"]|has braces without a comma",
                "[Filesystem]\\nWritablePaths = [\"/@{EVIL}/x\"]|uses a variable that is not always there",
                "[Filesystem]\\nWritablePaths = [\"/a\\u0000b\"]|has a control character",
                "[Filesystem]\\nWritablePaths = [\"/proc/sys/x\"]|one of the kernel's own files",
                "[Filesystem]\\nWritablePaths = \"/a\"|WritablePaths is no list: write WritablePaths = [",
                "[Filesystem]\\nAllowExec = [\"/bin/sh\"]\\nDenyExec = [\"/bin/**\"]|may be executed, and is denied by",
                "[Filesystem]\\nReadOnlyPaths = [\"/a\"]\\nWritablePaths = [\"/a\"]|is writable, and read-only by",
                "[Capabilities]\\nAllow = [\"chwon\"]|names \"chwon\", which is no capability",
                "[Capabilities]\\nAllow = [\"chown\"]\\nDeny = [\"CAP_CHOWN\"]|allows and denies chown",
                "[Network]\\nProtocols = [\"dccp\"]|use icmp, sctp, tcp, udp",
                "InnerImports = [\"capability,\"]|which is no include",
                "InnerImports = [\"include <../../etc/shadow>\"]|which is no include",
                "InnerImports = [\"include if exists <local/x>\"]|which may hold any rule, and another on each host",
                "Imports = [\"#include <disable/x>\"]|which may hold any rule",
            })
    void refusesWhatWouldNotMeanWhatItSays(String toml, String told) throws IOException {
        String text = toml.contains("Name") ? toml : "Name = \"x\"\\n" + toml;
        String lines = text.startsWith("Name = \"x\\n}") ? text : text.replace("\\n", "\n");
        CommandRun run = run(write("x.toml", lines));
        assertThat(run.err()).contains(told).contains("see portcullis profile apparmor --help");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--container nobody|has no container nobody: it has app, side",
                "--name x|--name is for one container",
                "--name x/y --container app|--name is \"x/y\": use letters",
                "--style strict|use one of allow-list, docker-default",
                "--exec bin/x|--exec names \"bin/x\", which is no absolute path",
            })
    void refusesOptionsThatDoNotFit(String options, String told) throws IOException {
        CommandRun run = run(write("pod.yaml", POD), options.split(" "));
        assertThat(run.err()).contains(told);
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void refusesWhatNoProfileConfines() throws IOException {
        String privileged = write("create.json", "{\"Image\": \"web\", \"HostConfig\": {\"Privileged\": true}}");
        assertThat(run(privileged).err()).contains("is privileged, which no profile confines");
        assertThat(run(folder.toString()).err()).contains("is a folder: name a file");
        assertThat(run(folder.resolve("none").toString()).err()).contains("no such file");
        assertThat(run(write("service.yaml", "apiVersion: v1\nkind: Service\n")).err())
                .contains("holds no pod");
        assertThat(run(write("bytes.toml", "\u00e9")).code()).isEqualTo(2);
    }
}
