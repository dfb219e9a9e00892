package dev.portcullis.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class YamlTest {
    private static JsonNode read(String text) throws UnreadableException {
        return Yaml.readAll(text.getBytes(UTF_8), 1).getFirst().root();
    }

    private static UnreadableException refusal(String text) {
        return Objects.requireNonNull(
                catchThrowableOfType(UnreadableException.class, () -> Yaml.readAll(text.getBytes(UTF_8), 10)));
    }

    private static List<String> each(String text) throws UnreadableException {
        return Yaml.readEach(text.getBytes(UTF_8), 10).stream()
                .map(result -> switch (result) {
                    case Yaml.Read(Document document) -> document.root().toString();
                    case Yaml.Unread(UnreadableException error) ->
                        "line " + Objects.requireNonNull(error.position()).line();
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "yes,true",
        "on,true",
        "TRUE,true",
        "y,true",
        "n,false",
        "Off,false",
        "~,null",
        "0644,420",
        "0o644,420",
        "0b11,3",
        "0x1F,31",
        "1_000,1000",
        "1:30,\"1:30\"",
        "2001-01-01,\"2001-01-01\"",
        "1e3,1000",
        "1.50,1.5",
        "1e21,1E+21",
        "1e999,\"1e999\"",
        "!!str 5,\"5\"",
        "!!int '5',5",
        "!!binary aGk=,\"hi\"",
        "!local 5,\"5\""
    })
    void readsTheDialectOfKubernetes(String scalar, String json) throws UnreadableException {
        assertThat(read("a: " + scalar).get("a").toString()).isEqualTo(json);
    }

    @Test
    void keepsEveryDigitOfAnInteger() throws UnreadableException {
        assertThat(read("9007199254740993").longValue()).isEqualTo(9007199254740993L);
        assertThat(read("18446744073709551615").bigIntegerValue()).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(read("1e3").isIntegralNumber()).isTrue();
    }

    @Test
    void refusesAnAliasBombFast() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 50; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append((alias + ", ").repeat(9)).append(alias).append("]\n");
        }
        UnreadableException refusal = assertTimeoutPreemptively(Duration.ofSeconds(1), () -> refusal(bomb.toString()));
        assertThat(refusal).hasMessageContaining("aliases repeat too much").hasMessageContaining("100000");
    }

    @Test
    void refusesABombOfMergeKeysAndOneThatIsLong() {
        StringBuilder bomb = new StringBuilder("a0: &a0 {k: v}\n");
        for (int i = 1; i < 100; i++) {
            bomb.append("a%d: &a%d {x: *a%d, y: *a%d, <<: {z: *a%d}}%n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(1), () -> refusal(bomb.toString())))
                .hasMessageContaining("aliases repeat too much");
        String wide = "a: &a [" + "x, ".repeat(1_000) + "]\nb: [" + "*a, ".repeat(1_000) + "]";
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(1), () -> refusal(wide)))
                .hasMessageContaining("aliases repeat too much");
    }

    @Test
    void aliasesAreCopies() throws UnreadableException {
        JsonNode root = read("a: &x {b: 1}\nc: *x");
        assertThat(root.get("c")).isEqualTo(root.get("a")).isNotSameAs(root.get("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://x/\"]]]]",
                "!!java.util.Date 2001-01-01",
                "!!dev.portcullis.document.YamlTest$Trap {a: 1}",
                "!!dev.portcullis.document.YamlTest$Trap x"
            })
    void instantiatesNothing(String text) throws UnreadableException {
        assertThat(read("a: " + text).get("a").isPojo()).isFalse();
        assertThat(Trap.SPRUNG).hasValue(0);
    }

    /** What a tag would make if tags made anything. */
    public static final class Trap {
        static final AtomicInteger SPRUNG = new AtomicInteger();

        public Trap() {
            SPRUNG.incrementAndGet();
        }

        public Trap(String text) {
            this();
        }
    }

    @Test
    void refusesNestingOver500() throws UnreadableException {
        assertThat(read("- ".repeat(500) + "x").size()).isOne();
        assertThat(refusal("- ".repeat(501) + "x")).hasMessageContaining("nesting over 500");
        assertThat(refusal("x: " + "[".repeat(100_000))).hasMessageContaining("nesting over 500");
        assertThat(refusal("{a: ".repeat(100_000))).hasMessageContaining("nesting over 500");
        String twice =
                "a: &a " + "[".repeat(300) + "]".repeat(300) + "\nb: " + "[".repeat(300) + "*a" + "]".repeat(300);
        assertThat(refusal(twice)).hasMessageContaining("nesting over 500");
    }

    @Test
    void tellsTheProblemThePlaceAndTheRemedy() {
        assertThat(refusal("a:\n  b: 1\n  b: 2"))
                .hasMessage("the key \"b\" stands twice in one mapping at line 3, column 3: keep one of them");
        assertThat(refusal("a: 1\nb: @x\n"))
                .hasMessageStartingWith("not YAML (found character '@'")
                .hasMessageEndingWith("at line 2, column 4: correct the text there, or quote it");
        assertThat(refusal("a: &x {b: 1}\nc:\n  b: 2\n  <<: *x").position()).isEqualTo(new Position(1, 8));
        assertThat(refusal("a: .nan").position()).isEqualTo(new Position(1, 4));
    }

    @Test
    void messagesAreShortAndPrintable() {
        String message =
                refusal("a: \"\\q\u202E" + "\u00a0".repeat(2_000) + "\"").getMessage();
        assertThat(message).hasSizeLessThan(500);
        assertThat(refusal("\"\\e[31m\": 1\n\"\\e[31m\": 2").getMessage()).contains("\\u{1b}[31m");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThat(refusal("a: b\nc: \u0007")).hasMessageStartingWith("the character U+0007 at line 2, column 4");
        assertThat(refusal("a: \uFEFFb")).hasMessageContaining("U+FEFF");
        for (byte[] bytes :
                List.of("\uFEFFa: b".getBytes(UTF_16LE), "a: b".getBytes(UTF_16LE), "a: \u00ff".getBytes(ISO_8859_1))) {
            assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> Yaml.readEach(bytes, 1));
        }
    }

    @Test
    void readsBehindAByteOrderMark() throws UnreadableException {
        assertThat(read("\uFEFFa: b").toString()).isEqualTo("{\"a\":\"b\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# comment", "---", "---\n---\n", "~", "null\n---\n# x\n...\n---\n"})
    void leavesEmptyDocumentsOut(String text) throws UnreadableException {
        assertThat(each(text)).isEmpty();
    }

    @Test
    void readsEveryDocumentOfAStream() throws UnreadableException {
        assertThat(each("a: 1\n---\n---\n# none\n---\nb: 2\n...\n---\n[c]\n--- d\n"))
                .containsExactly("{\"a\":1}", "{\"b\":2}", "[\"c\"]", "\"d\"");
        assertThat(each("a: &x 1\n---\nb: *x")).containsExactly("{\"a\":1}", "line 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b: @x",
                "b: 'x",
                "b: [x",
                "b: 1\nb: 2",
                "b: .nan",
                "b: *x",
                "b: c: d",
                "b: \"\\UFFFFFFFF\"",
                "b:\n\tc: d",
                "%FOO x",
                "- a\nb"
            })
    void anUnreadableDocumentDoesNotHideTheOthers(String bad) throws UnreadableException {
        List<String> each = each("a: 1\n---\n" + bad + "\n--- # next\nc: 3\n---\nd:\n");
        assertThat(each).hasSize(4).startsWith("{\"a\":1}").endsWith("{\"c\":3}", "{\"d\":null}");
        assertThat(each.get(1)).matches("line [2345]");
        assertThat(refusal("a: 1\n---\n" + bad)).isNotNull();
    }

    @Test
    void textBehindADocumentIsAnErrorOfItsOwn() throws UnreadableException {
        assertThat(each("{a: b} c\n---\nd")).containsExactly("{\"a\":\"b\"}", "line 1", "\"d\"");
        assertThat(refusal("'x'\n]").position()).isEqualTo(new Position(2, 1));
    }

    @Test
    void positionsCountFromTheTextsStartAlsoBehindAnUnreadableDocument() throws UnreadableException {
        List<Yaml.Result> results = Yaml.readEach("a: é@\n---\nb: @\n---\nc:\n- \uD83D\uDE00: d\n".getBytes(UTF_8), 10);
        assertThat(results).hasSize(3);
        assertThat(((Yaml.Read) results.getLast()).document().positions().of("/c/0/\uD83D\uDE00"))
                .isEqualTo(new Position(6, 6));
    }

    @Test
    void limitsTheNumberOfDocuments() throws UnreadableException {
        byte[] three = "a\n---\n@\n---\nb\n".getBytes(UTF_8);
        assertThat(Yaml.readEach(three, 3)).hasSize(3);
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> Yaml.readEach(three, 2))
                .withMessage("more documents than 2: send at most 2 at a time")
                .matches(UnreadableException::isTooManyDocuments);
        assertThat(refusal("@").isTooManyDocuments()).isFalse();
    }

    @Test
    void jsonIsReadAsJson() throws UnreadableException {
        Document document = Yaml.readAll(" {\"a\":\n\"\\/\\ud83d\\ude00\"}".getBytes(UTF_8), 1)
                .getFirst();
        assertThat(document.root().get("a").stringValue()).isEqualTo("/\uD83D\uDE00");
        assertThat(document.positions().of("/a")).isEqualTo(new Position(2, 1));
        assertThat(each("{\"a\":1}\n---\n{\"b\":yes}")).containsExactly("{\"a\":1}", "{\"b\":true}");
    }

    @Test
    void knowsThePositionOfEveryValue() throws UnreadableException {
        String text = """
                # Head
                spec:
                  containers:
                  - name: c
                    image: "x"   # why
                    env: &e
                      - {name: A, value: é, "b/c": 1}
                  - name: d
                    env: *e
                    tty:
                base: &b {k: v}
                derived:
                  <<: *b
                  l: ~
                """;
        Positions positions = Yaml.readAll(text.getBytes(UTF_8), 1).getFirst().positions();
        assertThat(positions.of("")).isEqualTo(new Position(2, 1));
        assertThat(positions.of("/spec/containers")).isEqualTo(new Position(4, 3));
        assertThat(positions.of("/spec/containers/0")).isEqualTo(new Position(4, 5));
        assertThat(positions.of("/spec/containers/0/image")).isEqualTo(new Position(5, 12));
        assertThat(positions.of("/spec/containers/0/env/0/value")).isEqualTo(new Position(7, 26));
        assertThat(positions.of("/spec/containers/0/env/0/b~1c")).isEqualTo(new Position(7, 36));
        assertThat(positions.of("/spec/containers/1/env/0/name")).isEqualTo(new Position(7, 16));
        assertThat(positions.of("/spec/containers/1/tty")).isEqualTo(new Position(10, 5));
        assertThat(positions.of("/derived/k")).isEqualTo(new Position(11, 14));
        assertThat(positions.of("/derived/l")).isEqualTo(new Position(14, 6));
        assertThat(positions.of("/spec/containers/2")).isNull();
    }

    @Test
    void longTextsAreReadInLinearTime() {
        List<String> texts = List.of(
                "a: \"" + "\\ud83d".repeat(20_000) + "\"",
                "- \"\\u00e9\uD83D\uDE00\"\n".repeat(10_000),
                "---\n@\n".repeat(10_000),
                "[a, " + "{b: c}, ".repeat(10_000) + "]",
                "x: " + "a b\n ".repeat(20_000),
                "? ".repeat(400) + "x",
                "a: 0" + "0".repeat(60_000) + "1",
                "a: " + "9".repeat(60_000),
                "\n\t\n".repeat(10_000) + "a: b",
                "- &a x\n- *a\n".repeat(10_000));
        for (String text : texts) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5), () -> Yaml.readEach(text.getBytes(UTF_8), 100_000), text.substring(0, 10));
        }
    }
}
