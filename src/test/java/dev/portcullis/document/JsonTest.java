package dev.portcullis.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    private static UnreadableException refusal(byte[] text) {
        UnreadableException slow = catchThrowableOfType(UnreadableException.class, () -> Json.readWithPositions(text));
        UnreadableException fast = catchThrowableOfType(UnreadableException.class, () -> Json.read(text));
        assertThat(fast).as("refused").isNotNull();
        assertThat(fast).hasMessage(slow.getMessage());
        return Objects.requireNonNull(fast);
    }

    private static UnreadableException refusal(String text) {
        return refusal(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2.50,true,null,\"x\"],\"b\":{}}",
                "[12345678901234567890123456789,-9223372036854775808,1.10,1E+2,0.0]",
                "\"\\u0000\"",
                "\"é\uD83D\uDE00\"",
                "null",
                "[]"
            })
    void keepsEveryValueExactly(String text) throws UnreadableException {
        assertThat(Json.read(text.getBytes(UTF_8)).toString()).isEqualTo(text);
        assertThat(Json.readWithPositions(text.getBytes(UTF_8)).root().toString())
                .isEqualTo(text);
    }

    @Test
    void readsASurrogatePairWrittenAsEscapes() throws UnreadableException {
        assertThat(Json.read("\"\\ud83d\\uDE00\"".getBytes(UTF_8)).stringValue())
                .isEqualTo("\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud83d\"",
                "\"\\ude00\"",
                "\"\\ud83d\\ud83d\"",
                "\"\\ud83dx\\ude00\"",
                "{\"\\uDBFF\":1}",
                "\"12345678\\\\\\ud83d\""
            })
    void refusesALoneSurrogate(String text) {
        assertThat(refusal(text)).hasMessageStartingWith("lone surrogate escape \\ud");
    }

    @Test
    void takesAnEscapedBackslashBeforeTextLikeAnEscape() throws UnreadableException {
        assertThat(Json.read("\"\\\\ud83d\"".getBytes(UTF_8)).stringValue()).isEqualTo("\\ud83d");
    }

    @ParameterizedTest
    @CsvSource({
        "80",
        "C2",
        "C080",
        "C1BF",
        "E08080",
        "E09FBF",
        "EDA080",
        "EDBFBF",
        "F0808080",
        "F08FBFBF",
        "F4908080",
        "F5808080",
        "FF",
        "E282",
        "C328",
        "F09F98"
    })
    void refusesBrokenUtf8(String hex) {
        byte[] bad = java.util.HexFormat.of().parseHex(hex);
        byte[] text = ("{\"a\": 12345,\n \"" + new String(bad, ISO_8859_1) + "\":1}").getBytes(ISO_8859_1);
        UnreadableException refusal = refusal(text);
        assertThat(refusal).hasMessageStartingWith("broken UTF-8");
        assertThat(refusal.position()).isEqualTo(new Position(2, 3));
    }

    @Test
    void refusesAByteOrderMarkAndOtherEncodings() {
        assertThat(refusal("\uFEFF{}")).hasMessageContaining("byte-order mark");
        for (Charset charset :
                new Charset[] {UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE")}) {
            assertThat(refusal("{}".getBytes(charset))).hasMessageContaining("not UTF-8");
            assertThat(refusal("\uFEFF{}".getBytes(charset))).hasMessageContaining("UTF-8");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1,'a':2}|1|8",
                "{'a':{'b':[{'c':1,'d':2,'c':{'e':[]}}]}}|1|25",
                "{'a':null,'a':null}|1|11",
                "{'\\u0061':1,'a':2}|1|13"
            })
    void refusesAKeyThatStandsTwice(String text, int line, int column) {
        UnreadableException refusal = refusal(text.replace('\'', '"'));
        assertThat(refusal).hasMessageContaining("stands twice").hasMessageEndingWith("keep one of them");
        assertThat(refusal.position()).isEqualTo(new Position(line, column));
    }

    @Test
    void refusesASecondValue() {
        assertThat(refusal("{}\n {}").position()).isEqualTo(new Position(2, 2));
        assertThat(refusal("{} x")).hasMessageContaining("not JSON");
        assertThat(refusal("1 2")).hasMessageContaining("a second value");
    }

    @Test
    void refusesNestingOver500() throws UnreadableException {
        assertThat(Json.read(("[".repeat(500) + "]".repeat(500)).getBytes(UTF_8))
                        .size())
                .isOne();
        assertThat(refusal("[".repeat(501) + "]".repeat(501))).hasMessageContaining("nesting of at most 500");
        assertThat(refusal("{\"a\":".repeat(501))).hasMessageContaining("nesting of at most 500");
        assertThat(refusal("[".repeat(1_000_000))).hasMessageContaining("nesting of at most 500");
    }

    @Test
    void refusesNumbersOfOver1000Digits() throws UnreadableException {
        String thousand = "1".repeat(1_000);
        assertThat(Json.read(("0." + thousand.substring(1)).getBytes(UTF_8)).isNumber())
                .isTrue();
        assertThat(refusal(thousand + "1")).hasMessageContaining("1000");
        assertThat(refusal("0." + thousand)).hasMessageContaining("1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e1000000000",
                "-1e400",
                "1e-1000000000",
                "0e1000000000",
                "1e99999999999",
                "1e-99999999999",
                "0e-99999999999"
            })
    void refusesExponentsThatNoDoubleHolds(String number) {
        assertThat(refusal("{\"a\":" + number + "}").getMessage()).matches("(?s).*(number|over a limit).*");
    }

    @Test
    void refusesIntegersThatNoDoubleHolds() {
        assertThat(refusal("9".repeat(400))).hasMessageContaining("number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "[Infinity]",
                "[01]",
                "[+1]",
                "[.5]",
                "[1.]",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "{\"a\":1,}",
                "// x\n1",
                "\"\t\"",
                "\"\u0000\"",
                "[\"\\x\"]",
                "{\"a\"",
                "{\"a\":",
                "tru",
                "\u00a01"
            })
    void refusesWhatIsNoJson(String text) {
        assertThat(refusal(text).getMessage()).isNotBlank();
    }

    @Test
    void tellsTheProblemThePlaceAndTheRemedy() {
        assertThat(refusal("{\n \"a\": {\"b\": 1,\n  \"b\": {}}}"))
                .hasMessage("the key \"b\" stands twice in one object at line 3, column 3: keep one of them");
    }

    @Test
    void messagesAreShortAndPrintable() {
        String key = "\\u001b[31m\u202E\u2028" + "k".repeat(10_000);
        String message = refusal("{\"" + key + "\":1,\"" + key + "\":2}").getMessage();
        assertThat(message).hasSizeLessThan(500).contains("\\u{1b}", "\\u{202e}", "\\u{2028}");
        assertThat(message.codePoints().noneMatch(Character::isISOControl)).isTrue();
    }

    @Test
    void knowsThePositionOfEveryValue() throws UnreadableException {
        Positions positions = Json.readWithPositions(
                        "{\"é\uD83D\uDE00\": [1,\n   {\"b/c~d\": null}],\n\"e\": \"x\"}".getBytes(UTF_8))
                .positions();
        assertThat(positions.of("")).isEqualTo(new Position(1, 1));
        assertThat(positions.of("/é\uD83D\uDE00")).isEqualTo(new Position(1, 8));
        assertThat(positions.of("/é\uD83D\uDE00/0")).isEqualTo(new Position(1, 9));
        assertThat(positions.of("/é\uD83D\uDE00/1")).isEqualTo(new Position(2, 4));
        assertThat(positions.of("/é\uD83D\uDE00/1/b~1c~0d")).isEqualTo(new Position(2, 14));
        assertThat(positions.of("/e")).isEqualTo(new Position(3, 6));
        for (String absent :
                new String[] {"/x", "/é\uD83D\uDE00/2", "/é\uD83D\uDE00/01", "/é\uD83D\uDE00/-", "e", "/e/0"}) {
            assertThat(positions.of(absent)).as(absent).isNull();
        }
        assertThat(Positions.none().of("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"x\",\"request\":{\"name\":{\"uid\":\"no\"},\"uid\":\"u-1\",\"object\":{\"a\":",
                "{\"request\":{\"uid\":\"u-1\"}}{}",
                "{\"request\":{\"uid\":\"u-1\",\"uid\":\"u-2\"}}",
                "{\"request\":{\"uid\":\"u-1\",\"n\":1e1000000000}}",
                "{\"request\":{\"uid\":\"u-1\""
            })
    void peeksBeforeTheFirstError(String text) {
        assertThat(Json.peek(text.getBytes(UTF_8), "request", "uid")).contains("u-1");
    }

    @Test
    void peeksBeforeBrokenUtf8() {
        assertThat(Json.peek("{\"request\":{\"uid\":\"u-1\",\"x\":\"\u00ff\"}}".getBytes(ISO_8859_1), "request", "uid"))
                .contains("u-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{\"request\":1}",
                "{\"request\":[{\"uid\":\"u\"}]}",
                "{\"request\":{\"uid\":1}}",
                "{\"Request\":{\"uid\":\"u\"}}",
                "{\"request\":{\"uid\":\"u",
                "\uFEFF{\"request\":{\"uid\":\"u\"}}",
                "{\"request\":{\"uid\":\"\\ud800\"}}",
                "{\"request\":{\"x\":1},\"request\":{\"uid\":\"u\"}}"
            })
    void peeksNothingWhereThereIsNone(String text) {
        assertThat(Json.peek(text.getBytes(UTF_8), "request", "uid")).isEmpty();
    }

    @Test
    void everyTruncationIsRefused() {
        String text = "{\"a\":[1,-2.5e3,\"x\\u00e9\",{\"b\":null}],\"c\":true}";
        for (int length = 0; length < text.length(); length++) {
            byte[] part = text.substring(0, length).getBytes(UTF_8);
            assertThatThrownBy(() -> Json.read(part)).isInstanceOf(UnreadableException.class);
        }
    }
}
