package dev.portcullis.docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.portcullis.docker.MalformedBodyException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is typed: a body, or a refusal that says where. */
class RunLineFuzzTest {
    private static final long SEED = Long.getLong("portcullis.seed", 5);
    private static final int COMMANDS = 40_000;
    private static final List<String> FLAGS = Stream.of(
                    "add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroupns cpus device",
                    "device-cgroup-rule device-read-bps dns entrypoint env env-file expose gpus group-add health-cmd",
                    "health-interval health-retries hostname init ip ip6 ipc label link link-local-ip log-driver log-opt",
                    "mac-address memory memory-swap mount name net network network-alias no-healthcheck oom-kill-disable pid",
                    "pids-limit privileged publish publish-all read-only restart rm security-opt shm-size storage-opt sysctl",
                    "tmpfs ulimit use-api-socket user userns uts volume volumes-from workdir")
            .flatMap(names -> Stream.of(names.split(" ")))
            .toList();
    private static final List<String> VALUES = List.of(
            "",
            "a",
            "0",
            "-1",
            "1",
            "true",
            "false",
            "host",
            "none",
            "container:a",
            "a=b",
            "a:b",
            "a:b:c",
            "/a:/b",
            "/a:/b:ro",
            "/dev/a",
            "/dev/a:1",
            "/dev/a:/dev/b:rwm",
            "type=bind,src=/a,dst=/b",
            "type=tmpfs,dst=/a,tmpfs-size=1m",
            "80",
            "80:80",
            "127.0.0.1:80:80",
            "[::1]:80:80/udp",
            "1-9",
            "name=a,alias=b",
            "1.5",
            "1g",
            "30s",
            "nofile=1:2",
            "no-new-privileges",
            "seccomp=x",
            "net.a=1",
            "92:d0:c6:0a:29:33",
            "::1",
            "all",
            "\"a,b\"",
            "a,b",
            "=",
            ":",
            ",",
            "on-failure:5",
            "c 1:1 r",
            "é",
            "\uD83D\uDE00",
            "~",
            "%",
            "<b>",
            "0000",
            "9223372036854775808",
            "1e9",
            "a.b/c=d");
    private static final String CHARACTERS = "abdo -=:,/.\\'\"$`#~{}()|&;<>\n\t0159éß\u202E\u0000\u00A0\uFEFF";

    @Test
    void readsOrRefusesRandomFlags() {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < COMMANDS; i++) {
            read += isRead(flags(random)) ? 1 : 0;
        }
        assertThat(read).isBetween(COMMANDS / 20, COMMANDS);
    }

    @Test
    void readsOrRefusesRandomCharacters() {
        Random random = new Random(SEED);
        for (int i = 0; i < COMMANDS; i++) {
            StringBuilder text = new StringBuilder("docker run ");
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            if (random.nextInt(10) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> read(bytes)).as("%s", text).doesNotThrowAnyException();
        }
    }

    static Stream<String> large() {
        return Stream.of(
                        "a",
                        "--",
                        "-t",
                        "'",
                        "\"",
                        "\\\n",
                        "\\",
                        "#",
                        " ",
                        "\n",
                        "=",
                        "-e A=1 ",
                        "-p 1-1024:1-1024 ",
                        "--network " + "a".repeat(30_000) + " ",
                        "--network a=b,",
                        "--mount \"\"",
                        "--mount a=b,",
                        "'\"a\",",
                        "--env " + "=".repeat(30_000) + " ",
                        "-v a:",
                        "{",
                        "{a,",
                        "$ ",
                        "--gpus options=a,",
                        "--cap-add a",
                        "--health-interval " + "1".repeat(50),
                        "-m " + "1".repeat(30_000),
                        "-" + "t".repeat(30_000),
                        "--x",
                        "é")
                .map(piece -> "docker run "
                        + piece.repeat(Math.max(1, (Script.LONGEST - 100) / piece.getBytes(UTF_8).length)));
    }

    @ParameterizedTest
    @MethodSource("large")
    @Timeout(60)
    void readsOrRefusesTheLargestAtOnce(String text) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();

        assertThatCode(() -> read(text.getBytes(UTF_8))).doesNotThrowAnyException();

        assertThat(Duration.ofNanos(clock.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    private static String flags(Random random) {
        List<String> words = new ArrayList<>(List.of("docker", random.nextBoolean() ? "run" : "create"));
        for (int count = random.nextInt(4); count >= 0; count--) {
            String value = "'" + VALUES.get(random.nextInt(VALUES.size())) + "'";
            String flag = "--" + FLAGS.get(random.nextInt(FLAGS.size()));
            words.add(random.nextInt(3) == 0 ? flag : random.nextBoolean() ? flag + "=" + value : flag + " " + value);
        }
        words.add("image");
        return String.join(" ", words);
    }

    private static boolean isRead(String text) {
        boolean[] read = new boolean[1];
        assertThatCode(() -> read[0] = read(text.getBytes(UTF_8)))
                .as("%s", text)
                .doesNotThrowAnyException();
        return read[0];
    }

    private static boolean read(byte[] text) {
        RunLine.recognizes(text);
        try {
            RunLine.read(text).workload();
            return true;
        } catch (RunLineException refused) {
            assertThat(refused.getMessage()).contains(" at line ");
            return false;
        } catch (MalformedBodyException refused) {
            return false;
        }
    }
}
