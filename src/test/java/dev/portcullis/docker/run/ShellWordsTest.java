package dev.portcullis.docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words as a real shell splits them. */
class ShellWordsTest {
    private static final long SEED = Long.getLong("portcullis.seed", 11);
    private static final int COMMANDS = 3_000;
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "é",
            "=",
            "-",
            ":",
            "/",
            ",",
            " ",
            "  ",
            "\t",
            "'",
            "''",
            "'x y'",
            "\"",
            "\"x y\"",
            "\"\\\"\"",
            "\"\\$\"",
            "\\'",
            "\\\"",
            "\\ ",
            "\\\\",
            "\\\n",
            "\"\\\n\"",
            "\"\\a\"",
            "$",
            "#",
            " #",
            "%",
            "@",
            "'#'",
            "\\#",
            "!",
            "+",
            "{",
            "}",
            "..",
            "~",
            "*",
            "?",
            "[",
            "]",
            "0");

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void splitsAsTheShellDoes(String shell, @TempDir Path folder) throws Exception {
        for (String name : List.of("a", "b", "ab", "-", "0", ":", "=a")) {
            Files.createFile(folder.resolve(name));
        }
        Random random = new Random(SEED);
        List<String> commands = new ArrayList<>();
        List<List<String>> ours = new ArrayList<>();
        while (commands.size() < COMMANDS) {
            String command = "c " + command(random);
            try {
                List<Word> words = split(command);
                if (words.stream().allMatch(word -> word.glob() < 0)) {
                    commands.add(command);
                    ours.add(words.stream().map(Word::text).toList());
                }
            } catch (RunLineException refused) {
                assertThat(refused.getMessage()).contains(" at line ");
            }
        }
        Path script = folder.resolve("script");
        Files.writeString(
                script, "c() { printf '%s\\0' c \"$@\"; printf '\\n'; }\n" + String.join("\n", commands) + "\n");

        List<List<String>> theirs = run(shell, script);

        for (int i = 0; i < COMMANDS; i++) {
            assertThat(ours.get(i)).as("%s", commands.get(i)).isEqualTo(theirs.get(i));
        }
        assertThat(theirs).hasSize(COMMANDS);
    }

    private static String command(Random random) {
        StringBuilder command = new StringBuilder();
        for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
            command.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return command.toString();
    }

    private static List<String> words(String command) throws RunLineException {
        return split(command).stream().map(Word::text).toList();
    }

    private static List<Word> split(String command) throws RunLineException {
        return ShellWords.split(Script.of(command.getBytes(UTF_8)));
    }

    /** What each command of a script prints, in the script's folder. */
    private static List<List<String>> run(String shell, Path script) throws IOException {
        Process process = new ProcessBuilder(shell, script.toString())
                .directory(Objects.requireNonNull(script.getParent()).toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        List<List<String>> all = new ArrayList<>();
        for (String line : printed.split("\0\n", -1)) {
            all.add(List.of(line.split("\0", -1)));
        }
        all.removeLast();
        return all;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            docker run $IMAGE            ¦ line 1, column 12 ¦ write the value out
            docker run "${IMAGE}"        ¦ line 1, column 13 ¦ write the value out
            docker run -v $(pwd):/x a    ¦ line 1, column 15 ¦ write the value out
            docker run `id`              ¦ line 1, column 12 ¦ write out what it prints
            docker run a | grep x        ¦ line 1, column 14 ¦ quote it
            docker run a && echo         ¦ line 1, column 14 ¦ quote it
            docker run a; reboot         ¦ line 1, column 13 ¦ quote it
            docker run a > log           ¦ line 1, column 14 ¦ quote it
            docker run -v ~/x:/x a       ¦ line 1, column 15 ¦ write the path out
            docker run -p {80,81} a      ¦ line 1, column 15 ¦ write them out
            docker run -v{{x}:/y,/:/h} a ¦ line 1, column 14 ¦ write them out
            docker run -v{/:/h,"/a b:/c"} a ¦ line 1, column 14 ¦ write them out
            docker run {--privileged,--label="a b"} a ¦ line 1, column 12 ¦ write them out
            docker run -e A=~ a          ¦ line 1, column 17 ¦ write the path out
            docker run --user $[0] a     ¦ line 1, column 19 ¦ write the value out
            docker run --user "$[0]" a   ¦ line 1, column 20 ¦ write the value out
            docker run --network hos? a  ¦ line 1, column 25 ¦ quote it
            docker run -p [::1]:80:80 a  ¦ line 1, column 15 ¦ quote it
            docker run ngin*             ¦ line 1, column 16 ¦ quote it
            docker run 'a                ¦ line 1, column 12 ¦ write ' at its end
            docker run "a                ¦ line 1, column 12 ¦ write " at its end
            docker run –rm a             ¦ line 1, column 12 ¦ write ' or " or --
            docker run -e “A=1” a        ¦ line 1, column 15 ¦ write ' or " or --
            docker run a \\              ¦ line 1, column 14 ¦ take it away
            """)
    void refusesWhatOnlyAShellKnows(String command, String place, String remedy) {
        assertThat(Refused.by(command.strip()).orElseThrow()).contains(place).contains(remedy);
    }

    @Test
    void refusesWhatLooksLikeSomethingElse() {
        assertThat(Refused.by("docker run \\ \n nginx").orElseThrow()).contains("take the blank away");
        assertThat(Refused.by("docker run -p {1.\\\n.3} a").orElseThrow()).contains("write them out");
        assertThat(Refused.by("docker run a\nreboot").orElseThrow())
                .contains("a second command begins at line 2, column 1");
        assertThat(Refused.by("docker run\u00A0nginx").orElseThrow())
                .contains("U+00A0")
                .contains("a plain one");
        assertThat(Refused.by("docker run ngi\u202Enx").orElseThrow()).contains("(U+202E) at line 1, column 15");
        assertThat(Refused.by("docker run 'a\u001B[31m'").orElseThrow()).contains("(U+001B)");
        assertThat(Refused.by("docker run " + "a ".repeat(20_000)).orElseThrow())
                .contains("more than 32768 bytes");
        assertThat(Refused.by("docker run a " + "b ".repeat(2_000)).orElseThrow())
                .contains("more than 2000 words");
    }

    @Test
    void leavesBracesWithoutAListAndWhatTheProgramIsGiven() throws Exception {
        assertThat(words("docker run -l a={{.Name}},b '{a,b}' \\{a,b} \"{a,b}\" x{a,b"))
                .containsExactly("docker", "run", "-l", "a={{.Name}},b", "{a,b}", "{a,b}", "{a,b}", "x{a,b");
        assertThat(Refused.by("docker run nginx ls *.txt [x] a?")).isEmpty();
    }

    @Test
    void readsCommentsAndEmptyLinesAroundACommand() throws Exception {
        assertThat(words("# first\n\n  docker run \\\r\n nginx # last\n\n# end\n"))
                .containsExactly("docker", "run", "nginx");
    }
}
