package dev.portcullis.docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Fix;
import dev.portcullis.document.Position;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker run nginx",
                "\n  docker   create nginx",
                "# a comment\n\ndocker container run nginx",
                "$ docker run nginx",
                "sudo docker run nginx",
                "docker -H tcp://1.2.3.4 run nginx",
                "docker \\\n  run nginx"
            })
    void isRecognized(String text) {
        assertThat(RunLine.recognizes(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"docker run\": 1}",
                "docker: run",
                "docker run: 1",
                "dockerrun nginx",
                "docker ps",
                "# docker run nginx",
                "apiVersion: v1",
                "FROM docker run",
                "services: {}"
            })
    void leavesOtherTextsAlone(String text) {
        assertThat(RunLine.recognizes(text.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            docker run --priviledged nginx     ¦ "--priviledged" at line 1, column 12: did you mean --privileged?
            docker run --cap-ad x nginx        ¦ did you mean --cap-add?
            docker run --qwertyuiop nginx      ¦ docker run --help lists all
            docker create -d nginx             ¦ has no flag "-d"
            docker create --detach nginx       ¦ docker run alone has it
            docker run --name                  ¦ --name needs a value at line 1, column 12
            docker run --rm                    ¦ no image is named after at line 1, column 12
            docker run --help                  ¦ --help runs nothing
            docker ps run                      ¦ there is "ps" instead of docker run or docker create at line 1, column 8
            docker compose run web             ¦ there is "compose" instead of
            docker --colour run web            ¦ docker has no option "--colour"
            docker run -v ./data:/data nginx   ¦ write the whole path
            docker run --mount type=bind,src=.,dst=/a nginx ¦ write the whole path
            docker run --pids-limit 0x10 nginx ¦ write a whole number
            docker run --expose 1-65535 nginx  ¦ more than 1024 ports
            """)
    void tellsWhatIsWrongWhereAndTheRemedy(String line, String message) {
        assertThat(Refused.by(line.strip()).orElseThrow()).contains(message);
    }

    @Test
    void saysWhereEachFlagStands() throws Exception {
        RunLine line = read("docker run \\\n  -v /a:/b --privileged=false \\\n  --privileged nginx");

        assertThat(line.positions().of("")).isEqualTo(new Position(1, 1));
        assertThat(line.positions().of("/HostConfig/Binds/0")).isEqualTo(new Position(2, 3));
        assertThat(line.positions().of("/HostConfig/Privileged")).isEqualTo(new Position(3, 3));
        assertThat(line.positions().of("/Image")).isEqualTo(new Position(3, 16));
    }

    @Test
    void doesNotReadFilesThatAreNamed() throws Exception {
        RunLine line = read("docker run --env-file /etc/passwd -e HOME --security-opt seccomp=/etc/passwd nginx");

        assertThat(line.body().toString()).doesNotContain("root:");
        assertThat(line.workload().containers().getFirst().environment())
                .hasSize(2)
                .allMatch(variable -> variable.value().unknown());
        assertThat(line.workload()
                        .containers()
                        .getFirst()
                        .seccompProfile()
                        .own()
                        .toString())
                .contains("names a file, which is not read here");
    }

    @Test
    void mendsNothingButTheFlagsInQuestion() throws Exception {
        RunLine line = read(
                "docker run -it  --privileged \\\n    -e 'A=b c' \\\n    -v /a:/b --pids-limit=-1 --restart always \\\n    nginx -v x");

        assertThat(mended(line, new Edit.Set(path("HostConfig", "Privileged"), false)))
                .isEqualTo(
                        "docker run -it \\\n    -e 'A=b c' \\\n    -v /a:/b --pids-limit=-1 --restart always \\\n    nginx -v x");
        assertThat(mended(line, new Edit.Set(path("HostConfig", "PidsLimit"), 64L)))
                .contains(" --pids-limit 64 --restart");
        assertThat(mended(line, new Edit.Set(path("HostConfig", "Binds").index(0), "/a:/b:ro")))
                .contains(" -v /a:/b:ro --pids");
        assertThat(mended(
                        line,
                        new Edit.Set(
                                path("HostConfig", "RestartPolicy"),
                                Map.of("Name", "on-failure", "MaximumRetryCount", 5L))))
                .contains(" --restart on-failure:5 \\\n");
        assertThat(mended(line, new Edit.Set(path("HostConfig", "CapDrop"), List.of("ALL"))))
                .endsWith("--restart always \\\n    --cap-drop ALL \\\n    nginx -v x");
        assertThat(mended(line, new Edit.Append(path("HostConfig", "SecurityOpt"), "no-new-privileges=true")))
                .endsWith(" \\\n    --security-opt no-new-privileges=true \\\n    nginx -v x");
    }

    @Test
    void mendsFlagsInTheirOwnSyntax() throws Exception {
        RunLine line = read(
                "docker run -dP -p 80:80 -p 81 --mount type=bind,src=/a,dst=/b --cap-add a --cap-add b --net=host --tmpfs /t -- nginx");

        assertThat(mended(
                        line,
                        new Edit.Set(
                                path("HostConfig", "PortBindings", "80/tcp")
                                        .index(0)
                                        .child("HostIp"),
                                "127.0.0.1")))
                .contains(" -p 127.0.0.1:80:80 -p 81 ");
        assertThat(mended(
                        line,
                        new Edit.Set(
                                path("HostConfig", "PortBindings", "81/tcp")
                                        .index(0)
                                        .child("HostIp"),
                                "::1")))
                .contains(" -p 80:80 -p '[::1]::81' ");
        assertThat(mended(
                        line, new Edit.Set(path("HostConfig", "Mounts").index(0).child("ReadOnly"), true)))
                .contains(" --mount type=bind,src=/a,dst=/b,readonly ");
        assertThat(mended(line, new Edit.Set(path("HostConfig", "CapAdd"), List.of("CAP_B"))))
                .contains("dst=/b --cap-add b --net=host");
        assertThat(mended(line, new Edit.Set(path("HostConfig", "NetworkMode"), "default")))
                .contains(" --cap-add b --tmpfs /t");
        assertThat(mended(line, new Edit.Set(path("HostConfig", "PublishAllPorts"), false)))
                .startsWith("docker run -d -p 80:80");
        assertThat(mended(line, new Edit.Set(path("HostConfig", "Tmpfs", "/t"), "size=1")))
                .contains(" --tmpfs /t:size=1 -- nginx");
        assertThat(mended(line, new Edit.Set(path("HostConfig", "ReadonlyRootfs"), true)))
                .endsWith(" --read-only -- nginx");
        assertThat(mended(line, new Edit.Set(path("Image"), "nginx@sha256:0"))).endsWith(" -- nginx@sha256:0");
    }

    @Test
    void offersNothingThatFlagsCannotSay() throws Exception {
        RunLine line = read("docker run -p 80-81:80-81 --tmpfs /t nginx");
        FieldPath one = path("HostConfig", "PortBindings", "80/tcp").index(0).child("HostIp");

        assertThat(line.mended(Fix.safe(new Edit.Set(one, "127.0.0.1")))).isEmpty();
        assertThat(line.mended(Fix.safe(new Edit.Set(path("FieldOfTheFuture"), "x"))))
                .isEmpty();
    }

    @Test
    void passesAVariableOnWithoutItsValue() throws Exception {
        RunLine line = read("docker run -eTOKEN=a -e X=1 -eTOKEN='b c' nginx");

        assertThat(line.withoutValues(List.of("/Env/0")).orElseThrow().text())
                .isEqualTo("docker run -e X=1 -e TOKEN nginx");
    }

    private static String mended(RunLine line, Edit edit) {
        return line.mended(Fix.safe(edit)).orElseThrow().text();
    }

    private static FieldPath path(String... names) {
        return FieldPath.ROOT.descend(names);
    }

    private static RunLine read(String text) throws RunLineException {
        return RunLine.read(text.getBytes(UTF_8));
    }
}
