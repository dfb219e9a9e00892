package dev.portcullis.docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same body as docker's own client sends, started by a real shell; or refused by both. */
class RunLineDifferentialTest {
    @TempDir
    private static Path home;

    private static DockerClient client;

    @BeforeAll
    static void start() throws Exception {
        client = DockerClient.start(home);
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
    }

    static Stream<String> lines() throws Exception {
        Path file = Path.of(Objects.requireNonNull(RunLineDifferentialTest.class.getResource("lines.txt"))
                .toURI());
        return Pattern.compile("(?<!\\\\)\n").splitAsStream(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void saysWhatTheClientSends(String line) throws Exception {
        DockerClient.Sent sent = client.run(line);

        RunLine read = RunLine.read(line.getBytes(UTF_8));

        assertThat(sent.error()).isEmpty();
        assertThat(SaidBody.of(read.body())).isEqualTo(SaidBody.of(Objects.requireNonNull(sent.body())));
        assertThat(read.name()).isEqualTo(sent.name());
    }

    static List<String> refused() {
        return List.of(
                "docker create --privileged=maybe nginx",
                "docker create --priviledged nginx",
                "docker create -z nginx",
                "docker create -v /a:/b:ro:x nginx # since 28",
                "docker create -v /a::ro nginx # since 28",
                "docker create --mount type=bind,src=/a nginx",
                "docker create --mount type=bind,dst=/a,volume-nocopy nginx",
                "docker create --mount type=bind,src=/a,dst=/b,bind-recursive=readonly nginx",
                "docker create --mount src=/a,dst=/b,colour=red nginx",
                "docker create -p 80:81:82:83:84 nginx",
                "docker create -p 1-2:1-3 nginx",
                "docker create -p 99999 nginx",
                "docker create -p 80/xyz nginx",
                "docker create -m 5x nginx",
                "docker create -m -5 nginx",
                "docker create --cpus many nginx",
                "docker create --cpus 0.0000000001 nginx",
                "docker create --memory-swappiness 101 nginx",
                "docker create --pid mine nginx",
                "docker create --uts mine nginx",
                "docker create --userns keep-id nginx",
                "docker create --cgroupns mine nginx",
                "docker create --restart :3 nginx # since 28",
                "docker create --restart on-failure:x nginx",
                "docker create --rm --restart always nginx",
                "docker create --ulimit nofile=2:1 nginx",
                "docker create --ulimit colour=1 nginx",
                "docker create --sysctl kernel.hostname=x nginx",
                "docker create --device fuse nginx",
                "docker create --device /dev/a:/dev/b:xyz nginx",
                "docker create --device-cgroup-rule 'x 1:1 r' nginx",
                "docker create --gpus all,count=1 nginx",
                "docker create --gpus colour=red nginx",
                "docker create --health-interval 5 nginx",
                "docker create --no-healthcheck --health-cmd x nginx",
                "docker create --health-retries -1 nginx",
                "docker create --add-host a:b nginx",
                "docker create --dns a nginx",
                "docker create --dns 1.2.3.400 nginx",
                "docker create --network foo --network foo nginx",
                "docker create --network foo --network host nginx",
                "docker create --network host --network-alias x nginx",
                "docker create --network name=foo,ip=1.2.3.4 --ip 1.2.3.5 nginx",
                "docker create --mac-address x nginx",
                "docker create --link a:b:c nginx",
                "docker create -e =x nginx",
                "docker create -l 'a b=c' nginx",
                "docker create --storage-opt size nginx",
                "docker create --security-opt seccomp nginx",
                "docker create --blkio-weight-device sda:100 nginx",
                "docker create --blkio-weight 65536 nginx",
                "docker create -a stdx nginx",
                "docker create --name",
                "docker create",
                "docker create --detach nginx",
                "docker create ''",
                "docker run -d -a stdout nginx");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatTheClientRefuses(String line) throws Exception {
        DockerClient.Sent sent = client.run(line);

        Optional<String> error = Refused.by(line);

        assertThat(sent.error()).isNotEmpty();
        assertThat(error).isPresent();
        assertThat(error.orElseThrow()).contains("line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker create --mount 'type=bind,src=/,dst=/h\n,type=volume' nginx",
                "docker create --network 'name=host\n,name=app' nginx",
                "docker create --gpus '\n2' nginx",
                "docker create --gpus '\"device=0\n1\"' nginx"
            })
    void refusesLinesOfValuesThatTheClientPassesOver(String line) throws Exception {
        DockerClient.Sent sent = client.run(line);

        assertThat(sent.error()).isEmpty();
        assertThat(Refused.by(line).orElseThrow()).contains("line 1, column 15: write it on one line");
    }
}
