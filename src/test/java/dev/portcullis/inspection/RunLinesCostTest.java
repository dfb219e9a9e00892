package dev.portcullis.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What the largest commands with most to mend cost to read, to judge, to mend and to report. */
class RunLinesCostTest {
    private static final Duration MOST = Duration.ofSeconds(1);

    /** Loading classes is no part of it. */
    @BeforeAll
    static void warm() {
        report(command(flags(50, i -> "-v /a" + i + ":/b")));
    }

    static Stream<String> worst() {
        return Stream.of(
                command("\\\n".repeat(5_000) + flags(980, i -> "-v /a" + i + ":/b")),
                command("-e A=" + "é".repeat(8_000) + " " + flags(900, i -> "-v /" + i + ":/b")),
                command(flags(990, i -> "-v /a" + i + ":/b" + i)),
                command(flags(990, i -> "-e PASSWORD" + i + "=hunter" + i)),
                command(flags(990, i -> "-e A=" + i) + " -e A=x --privileged"),
                command("-p 1-1024:1-1024"),
                command(flags(990, i -> "-p " + (i + 1) + ":" + (i + 1))),
                command(flags(990, i -> "--tmpfs /a" + i)),
                command(flags(990, i -> "--tmpfs /aaaaaaaaaaaaaaaaaaa" + i)),
                command(flags(990, i -> "--cap-add a" + i)),
                command(flags(900, i -> "--ulimit nofile=1:" + (i + 1))),
                command(flags(600, i -> "--mount type=bind,src=/a,dst=/b" + i)),
                command(flags(990, i -> "--device /dev/a" + i)),
                command(flags(990, i -> "--sysctl net.a" + i + "=1")),
                command(flags(990, i -> "--security-opt label=a" + i)),
                command(flags(990, i -> "--privileged")),
                command("-" + "t".repeat(900) + " --privileged"),
                command("\\\n".repeat(10_000) + "--expose 1-1000 " + flags(100, i -> "-v /a" + i + ":/b")));
    }

    private static String command(String flags) {
        return "docker run " + flags + " nginx";
    }

    private static String flags(int count, IntFunction<String> flag) {
        return IntStream.range(0, count).mapToObj(flag).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @MethodSource("worst")
    @Timeout(60)
    void mendsTheLargestAtOnce(String text) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();

        String report = report(text);

        Duration taken = Duration.ofNanos(clock.getCurrentThreadCpuTime() - start);
        assertThat(report).contains("\"mended\"");
        assertThat(taken).isLessThan(MOST);
    }

    private static String report(String text) {
        return Samples.report(out -> new JsonReport(out, JsonMapper.shared()), Samples.inspect(null, text));
    }
}
