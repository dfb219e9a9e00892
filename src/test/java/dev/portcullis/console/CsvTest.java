package dev.portcullis.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvTest {
    private static final Csv<Object> ONE = new Csv<>(List.of(new Csv.Column<>("text", value -> value)));

    private static String row(Object value) throws IOException {
        StringBuilder row = new StringBuilder();
        ONE.row(value, row);
        assertThat(row).endsWith("\r\n");
        return row.substring(0, row.length() - 2);
    }

    private static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("web", "\"web\""),
                Arguments.of("größer", "\"größer\""),
                Arguments.of("a\r\nb", "\"a\\u{d}\\u{a}b\""),
                Arguments.of("\033[2J", "\"\\u{1b}[2J\""),
                Arguments.of("ab\u202edc", "\"ab\\u{202e}dc\""),
                Arguments.of("\u2028", "\"\\u{2028}\""),
                Arguments.of("\t=1", "\"\\u{9}=1\""),
                Arguments.of("a\"b", "\"a\"\"b\""),
                Arguments.of("=1+1", "\"'=1+1\""),
                Arguments.of("@SUM(A1)", "\"'@SUM(A1)\""),
                Arguments.of("-1", "\"'-1\""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void writesTextThatStaysText(String text, String expected) throws Exception {
        assertThat(row(text)).isEqualTo(expected);
    }

    @Test
    void leavesNumbersAsTheyAreAndEmptyWhatHasNone() throws Exception {
        StringBuilder row = new StringBuilder();
        new Csv<Integer>(List.of(
                        new Csv.Column<>("a", number -> (long) number),
                        new Csv.Column<>("b", CsvTest::none),
                        new Csv.Column<>("c", _ -> "")))
                .row(-7, row);

        assertThat(row).hasToString("-7,,\r\n");
    }

    private static @Nullable Object none(Object ignored) {
        return null;
    }
}
