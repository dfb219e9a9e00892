package dev.portcullis.docker.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.document.Position;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.FieldPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileReaderTest {
    private static DockerfileReader.Dockerfile read(String text) throws DockerfileException {
        return DockerfileReader.read(text.getBytes(UTF_8));
    }

    @Test
    void knowsWhereEachInstructionStands() throws DockerfileException {
        DockerfileReader.Dockerfile file = read("# a\r\nFROM a\r\nRUN x \\\r\n # y\r\n  z\r\n  USER 1\r\n");
        FieldPath user = file.build().last(BuildStep.User.class).orElseThrow().path();

        assertThat(user.field()).isEqualTo("USER");
        assertThat(file.positions().of(user.pointer())).isEqualTo(new Position(6, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FORM a          | unknown instruction: FORM at line 1, column 1: did you mean FROM?
                    RUN a           | no build stage in current context at line 1, column 1: begin with FROM; only ARG may come before
                    # nothing       | file with no instructions at line 1, column 1: begin with FROM and an image
                    FROM a b        | FROM requires either one or three arguments at line 1, column 1: write FROM image or FROM image AS name
                    FROM --plat=x a | unknown flag: --plat at line 1, column 1: take it out
                    """)
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DockerfileException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM a",
                "\uFEFF# x\n\nfrom a as b\n",
                "ARG X=1\n# y\nFROM a:$X",
                "# syntax=docker/dockerfile:1\n\nADD a b",
            })
    void recognizesDockerfiles(String text) {
        assertThat(DockerfileReader.recognizes(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM: a",
                "from : a",
                "kind: Pod",
                "# syntax=x\nkind: Pod",
                "",
                "ARG x",
                "{}",
                "ADD a b",
                "- FROM a",
            })
    void takesNothingElseForOne(String text) {
        assertThat(DockerfileReader.recognizes(text.getBytes(UTF_8))).isFalse();
    }

    static String[] hostile() {
        return new String[] {
            "FROM a\nRUN x" + "\\\n".repeat(400_000),
            "FROM a\n" + "RUN <<EOF\n".repeat(90_000),
            "FROM a\nRUN " + "<<E ".repeat(15_000),
            "FROM a\nENV x=" + "${a:-".repeat(12_000),
            "FROM a\nRUN x \\\n" + "# y\n".repeat(200_000),
            "FROM a\nENV a=" + "x".repeat(200) + "\n" + "ENV a=$a$a\n".repeat(9_000),
            "FROM a\nENV a=" + "x".repeat(200) + "\nENV " + "b=${a/*y*y/z} ".repeat(4_000),
            "FROM a AS s\nENV " + "v=1 ".repeat(15_000) + "\n" + "FROM s AS s\n".repeat(9_000),
            "FROM a\nENV a=" + "y".repeat(120) + "\n" + ("ENV " + "b=${a/*y*yz/z} ".repeat(4_000) + "\n").repeat(16),
            "FROM a\nENV a=" + "y".repeat(4_000) + "\n" + ("ENV " + "b=$a ".repeat(12_000) + "\n").repeat(16),
            "FROM a\nRUN " + "}".repeat(60_000),
            "FROM a\nRUN " + "sh -c ".repeat(10_000),
        };
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    @Timeout(5)
    void readsHostileTextInTimeThatGrowsWithItsLength(String text) {
        try {
            assertThat(read(text).build().stages()).isNotEmpty();
        } catch (DockerfileException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(500);
        }
    }
}
