package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An engine on TCP that verifies its clients, and reaches its plugin over TLS: users and groups are told apart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerTlsIT {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: acts}
            spec:
              profile: none
              acts:
                - {act: exec-as-root, mode: enforce, except: {users: [ann], groups: [oncall]}}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: looked-at}
            spec:
              match: {platforms: [docker], users: [ann], groups: [others]}
              profile: none
              acts:
                - {act: exec, mode: audit, parameters: {namespaces: ["*"]}}
            """;

    private final String name = "portcullis-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final Path specification = Path.of("/etc/docker/plugins", name + ".json");

    private Path folder;

    private DockerEngine engine;
    private PortcullisProcess portcullis;
    private int port;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        folder = empty;
        DockerEngine.obstacle().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        OpenSsl authority = OpenSsl.authority(folder);
        authority.sign("engine", "/CN=engine");
        authority.sign("ann", "/CN=ann");
        authority.sign("bob", "/O=oncall/CN=bob");
        authority.sign("eve", "/O=others/CN=eve");
        engine = DockerEngine.start();
        engine.importImage("app:1", "USER 10001");
        portcullis = PortcullisProcess.start(
                "localhost",
                "--policy",
                Files.writeString(folder.resolve("policy.yaml"), POLICY).toString(),
                "--portcullis.docker.engine=" + engine.socket());
        Files.createDirectories(specification.getParent());
        Files.writeString(
                specification, """
                {"Name": "%s", "Addr": "https://localhost:%d", "TLSConfig": {"CAFile": "%s"}}
                """.formatted(name, portcullis.admissionPort(), portcullis.certificateAuthority()));
        port = Daemon.freePorts(1).getFirst();
        engine.restart(
                "--authorization-plugin=" + name,
                "--host=tcp://127.0.0.1:" + port,
                "--tlsverify",
                "--tlscacert=" + folder.resolve("ca.crt"),
                "--tlscert=" + folder.resolve("engine.crt"),
                "--tlskey=" + folder.resolve("engine.key"));
    }

    @AfterAll
    void stop() throws IOException {
        Files.deleteIfExists(specification);
        if (engine != null) {
            engine.close();
        }
        if (portcullis != null) {
            portcullis.close();
        }
    }

    @Test
    void knowsUsersAndGroupsByTheCertificatesOfClients() {
        CommandResult run = engine.docker("run", "-d", "--network=none", "--name=web", "app:1", "sleep", "600");
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(as("ann", "exec", "--user=0", "web", "id", "-u").stdout()).isEqualTo("0\n");
        assertThat(as("bob", "exec", "--user=0", "web", "id", "-u").stdout()).isEqualTo("0\n");
        assertThat(as("eve", "exec", "--user=0", "web", "id", "-u").stderr())
                .contains("authorization denied by plugin " + name, "exec-as-root");
        assertThat(engine.docker("exec", "--user=0", "web", "id", "-u").stderr())
                .contains("authorization denied by plugin " + name, "exec-as-root");
        assertThat(portcullis.log()).content().containsPattern("denied POST \\S+/containers/web/exec of eve");
        assertThat(engine.docker("rm", "--force", "web").exitCode()).isZero();
    }

    /** A plugin cannot warn, and a policy of some users may only audit: what it finds is written down. */
    @Test
    void judgesOnlyWhatTheUsersAndGroupsDoThatAPolicyNames() throws IOException {
        CommandResult.succeeds(
                engine.docker("run", "-d", "--network=none", "--name=looked-at", "app:1", "sleep", "600"));
        for (String user : List.of("ann", "bob", "eve")) {
            CommandResult.succeeds(as(user, "exec", "looked-at", "true"));
        }
        CommandResult.succeeds(engine.docker("exec", "looked-at", "true"));

        // Of ann by her name, of eve by her group; of bob, who is in another, and of nobody known not at all.
        assertThat(Files.readAllLines(portcullis.log()))
                .filteredOn(line -> line.contains("/containers/looked-at/exec"))
                .extracting(line -> line.replaceAll(".*(allowed|denied) POST \\S+/exec", "$1"))
                .containsExactly("allowed of ann, which fails exec", "allowed of eve, which fails exec");
        CommandResult.succeeds(engine.docker("rm", "--force", "looked-at"));
    }

    @Test
    void tellsWhatTheEngineIsKnownToLetPassOnceItHasActivatedItsPlugin() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(portcullis.log()).content().contains("guards Docker engine "));
        assertThat(portcullis.log()).content().doesNotContain("names no CAFile", "API is open");
    }

    private CommandResult as(String user, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "--tlsverify",
                "--tlscacert=" + folder.resolve("ca.crt"),
                "--tlscert=" + folder.resolve(user + ".crt"),
                "--tlskey=" + folder.resolve(user + ".key")));
        command.addAll(List.of(arguments));
        return DockerEngine.docker("tcp://127.0.0.1:" + port, command);
    }
}
