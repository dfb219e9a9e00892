package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.workload.BuildCommand;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellCommandsTest {
    /** Commands between slashes, words between dots. */
    private static String shown(BuildCommand command) {
        return ShellCommands.of(command).stream()
                .map(words -> String.join("·", words))
                .collect(Collectors.joining(" / "));
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("a b", "a·b"),
                Arguments.of("a && b || c; d | e & f", "a / b / c / d / e / f"),
                Arguments.of("(a b); { c; }", "a·b / c"),
                Arguments.of("a 'b c' \"d;e\" f\\ g", "a·b c·d;e·f g"),
                Arguments.of("a \"b \\\" c\" ''", "a·b \" c·"),
                Arguments.of("a ${b:-c} {} +", "a·${b:-c}·{}·+"),
                Arguments.of("a $(b c)", "a·$ / b·c"),
                Arguments.of("a\nb \\\n c", "a / b·c"),
                Arguments.of("sh -c 'a b; c' | d", "sh·-c·a b; c / a·b / c / d"),
                Arguments.of("/bin/bash -ec 'sh -c \"a b\"'", "/bin/bash·-ec·sh -c \"a b\" / sh·-c·a b / a·b"),
                Arguments.of("echo 'never closed", "echo·never closed"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void cutsALineIntoCommandsAndWords(String line, String commands) {
        assertThat(shown(new BuildCommand(true, List.of(line), List.of()))).isEqualTo(commands);
    }

    @Test
    void leavesTheWordsOfAProgramAsTheyAre() {
        assertThat(shown(new BuildCommand(false, List.of("a", "b; c", "$d"), List.of())))
                .isEqualTo("a·b; c·$d");
        assertThat(shown(new BuildCommand(false, List.of("sh", "-c", "a; b"), List.of())))
                .isEqualTo("sh·-c·a; b / a / b");
    }

    @Test
    void readsScriptsThatFollow() {
        assertThat(shown(new BuildCommand(true, List.of("<<EOF"), List.of("a b\nc\n"))))
                .isEqualTo("<<EOF / a·b / c");
    }
}
