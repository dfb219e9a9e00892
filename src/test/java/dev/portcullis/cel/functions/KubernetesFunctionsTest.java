package dev.portcullis.cel.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.runtime.CelEvaluationException;
import dev.portcullis.testing.Oracle;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class KubernetesFunctionsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONG = 1 << 20;

    /** What Kubernetes computes an answer to in no time. */
    private static final Pattern SMALL_EXPONENT = Pattern.compile("[^eE]*+(?:[eE][^0-9]*+[0-9]{0,2}+[^0-9]*+)*+");

    /**
     * Where a value differs from Kubernetes'. There, the sum of quantities equals only what stands to its left; arithmetic and
     * comparison change a quantity that is used again; and a comparison of values of two types fails if the first is of a
     * type of these libraries. Names of types cannot be written, and an exponent that fits no computation is refused.
     */
    private static final Map<String, String> DEVIATIONS = Map.of(
            "quantity('2') == quantity('1').add(1)", "true",
            "quantity('1').add(1).add(1) == quantity('1').add(2)", "true",
            "quantity('2') in [quantity('1').add(1)]", "true",
            "[quantity('1.5Gi')].map(q, q.add(quantity('1')).compareTo(q))", "[1]",
            "dyn(quantity('1')) == dyn('1')", "false",
            "dyn(ip('1.1.1.1')) == dyn('1')", "false",
            "type(ip('1.1.1.1')) == net.IP", "error",
            "quantity('1e2000000000').sign()", "error");

    private final Evaluation evaluation = new Evaluation();

    record Question(String expression, Map<String, Object> vars) {}

    @Test
    void givesWhatKubernetesGave() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, Optional<JsonNode>> line : recorded()) {
            Optional<JsonNode> result = evaluation.evaluate(line.getKey(), Map.of());
            if (!agree(result, line.getValue())) {
                differences.add(line.getKey() + " is " + result + ", in Kubernetes " + line.getValue());
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void theRecordIsStillWhatKubernetesGives() throws IOException {
        List<Map.Entry<String, Optional<JsonNode>>> recorded = recorded();
        List<JsonNode> answers = Oracle.of("cel")
                .ask(recorded.stream()
                        .map(line -> new Question(line.getKey(), Map.of()))
                        .toList());
        assertThat(recorded).hasSizeGreaterThan(400);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(result(answers.get(i)))
                    .as(recorded.get(i).getKey())
                    .isEqualTo(recorded.get(i).getValue());
        }
    }

    @Test
    void deviatesAsDocumented() {
        DEVIATIONS.forEach((expression, expected) -> {
            Optional<JsonNode> result = evaluation.evaluate(expression, Map.of());
            assertThat(result.map(JsonNode::toString).orElse("error"))
                    .as(expression)
                    .isEqualTo(expected);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void agreesWithKubernetesOn(String area, List<String> expressions, Mutation texts, int rounds) {
        List<Question> questions = IntStream.range(0, rounds)
                .boxed()
                .flatMap(_ -> questions(expressions, texts))
                .toList();
        List<JsonNode> answers = Oracle.of("cel").ask(questions);
        List<String> differences = new ArrayList<>();
        int results = 0;
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            Optional<JsonNode> result = evaluation.evaluate(question.expression(), question.vars());
            if (!agree(result, result(answers.get(i)))) {
                differences.add(question + " is " + result + ", in Kubernetes " + answers.get(i));
            }
            results += result.isPresent() ? 1 : 0;
        }
        assertThat(differences).as("of " + questions.size()).isEmpty();
        assertThat(results).as(area + ": questions that have a result").isGreaterThan(questions.size() / 5);
    }

    private static Stream<Object[]> agreesWithKubernetesOn() {
        Random random = new Random(20_261_128);
        return Stream.of(
                new Object[] {"quantities", QUANTITY_EXPRESSIONS, quantities(random), 60},
                new Object[] {"URLs", URL_EXPRESSIONS, urls(random), 60},
                new Object[] {"IP addresses", IP_EXPRESSIONS, addresses(random), 60},
                new Object[] {"CIDRs", CIDR_EXPRESSIONS, networks(random), 60},
                new Object[] {"names", NAME_EXPRESSIONS, names(random), 60},
                new Object[] {"data", DATA_EXPRESSIONS, data(random), 60},
                new Object[] {"versions", SEMVER_EXPRESSIONS, versions(random), 60});
    }

    @Test
    void aFailureIsAnErrorOfTheRuleAndNotOfItsEvaluation() throws Exception {
        assertThat(evaluation.value("quantity(x).isInteger() || n == 1", Map.of("x", "no", "n", 1L)))
                .isEqualTo(true);
        assertThatThrownBy(() -> evaluation.value("url(x).getHost()", Map.of("x", "no")))
                .isInstanceOf(CelEvaluationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-999999999",
                "1e999999999",
                "12345678901234567890e999999999",
                "0.12345678901234567890e-999999999",
                "1e-9223372036854775807",
                "00000000000000000000.0000000000000000000e999999999"
            })
    void quantitiesWithHugeExponentsTakeNoTime(String text) {
        List<String> expressions = List.of(
                "isQuantity(x)",
                "sign(quantity(x))",
                "quantity(x).isInteger()",
                "quantity(x).asApproximateFloat()",
                "quantity(x).compareTo(quantity('1'))",
                "quantity(x) == quantity('1')",
                "quantity(x).add(quantity(x))",
                "quantity(x).add(1)",
                "quantity('1.5Gi').sub(quantity(x))");
        assertThat(Duration.ofSeconds(2)).isGreaterThan(timeOf(expressions, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0.", "a/", ":", "%41", "&=", "1.1.1-a.", "é"})
    void longTextsTakeLittleTime(String repeated) {
        List<String> expressions = Stream.of(
                        QUANTITY_EXPRESSIONS,
                        URL_EXPRESSIONS,
                        IP_EXPRESSIONS,
                        CIDR_EXPRESSIONS,
                        SEMVER_EXPRESSIONS,
                        NAME_EXPRESSIONS,
                        DATA_EXPRESSIONS)
                .flatMap(List::stream)
                .toList();
        String text = repeated.repeat(LONG / repeated.length());
        Duration each = timeOf(expressions, "1.1.1-" + text).dividedBy(expressions.size());
        assertThat(each).isLessThan(Duration.ofMillis(500));
    }

    private Duration timeOf(List<String> expressions, String text) {
        long start = System.nanoTime();
        Map<String, Object> variables = Map.of("x", text, "y", text, "z", text, "n", 1L);
        expressions.forEach(expression -> evaluation.evaluate(expression, variables));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static final List<String> QUANTITY_EXPRESSIONS = List.of(
            "isQuantity(x)",
            "sign(quantity(x))",
            "quantity(x).isInteger()",
            "quantity(x).asInteger()",
            "quantity(x).asApproximateFloat()",
            "quantity(x).compareTo(quantity(y))",
            "quantity(x) == quantity(y)",
            "quantity(x).isGreaterThan(quantity(y))",
            "quantity(x).add(quantity(y)).compareTo(quantity(z))",
            "quantity(x).sub(quantity(y)).asApproximateFloat()",
            "quantity(x).add(quantity(y)).isInteger()",
            "quantity(x).sub(quantity(y)).sub(quantity(z)).isInteger()",
            "quantity(x).add(quantity(y)).add(quantity(z)).asApproximateFloat()",
            "quantity(x).add(n).asApproximateFloat()",
            "quantity(x).sub(n).sub(n).asInteger()");

    private static final List<String> URL_EXPRESSIONS = List.of(
            "isURL(x)",
            "url(x)",
            "url(x).getScheme()",
            "url(x).getHost()",
            "url(x).getHostname()",
            "url(x).getPort()",
            "url(x).getEscapedPath()",
            "url(x).getQuery()",
            "url(x) == url(y)",
            "format.uri().validate(x).hasValue()");

    private static final List<String> IP_EXPRESSIONS = List.of(
            "isIP(x)",
            "ip(x)",
            "ip.isCanonical(x)",
            "ip(x).family()",
            "ip(x).isUnspecified()",
            "ip(x).isLoopback()",
            "ip(x).isLinkLocalMulticast()",
            "ip(x).isLinkLocalUnicast()",
            "ip(x).isGlobalUnicast()",
            "string(ip(x))",
            "ip(x) == ip(y)");

    private static final List<String> CIDR_EXPRESSIONS = List.of(
            "isCIDR(x)",
            "cidr(x)",
            "cidr(x).ip()",
            "cidr(x).masked()",
            "cidr(x).prefixLength()",
            "string(cidr(x))",
            "cidr(x) == cidr(y)",
            "cidr(x).containsCIDR(y)",
            "cidr(x).containsCIDR(cidr(y).masked())",
            "cidr(x).containsIP(cidr(y).ip())");

    private static final List<String> NAME_EXPRESSIONS = Stream.of(
                    "dns1123Label",
                    "dns1123Subdomain",
                    "dns1035Label",
                    "qualifiedName",
                    "dns1123LabelPrefix",
                    "dns1123SubdomainPrefix",
                    "dns1035LabelPrefix",
                    "labelValue")
            .map(name -> "format." + name + "().validate(x)")
            .toList();

    private static final List<String> DATA_EXPRESSIONS = Stream.of("uuid", "byte", "date", "datetime")
            .map(name -> "format.named('" + name + "').value().validate(x)")
            .toList();

    private static final List<String> SEMVER_EXPRESSIONS = List.of(
            "isSemver(x)",
            "isSemver(x, true)",
            "isSemver(x, false)",
            "semver(x, true).major()",
            "semver(x, true).minor()",
            "semver(x).patch()",
            "semver(x).compareTo(semver(y))",
            "semver(x, true).compareTo(semver(y, true))",
            "semver(x).isLessThan(semver(y))",
            "semver(x, true).isGreaterThan(semver(y))",
            "semver(x) == semver(y)");

    private static Mutation quantities(Random random) {
        return new Mutation(
                random,
                List.of(
                        "1",
                        "0",
                        "-0",
                        "+1",
                        "1.5Gi",
                        "1Ki",
                        "100Mi",
                        "9Ei",
                        "8Pi",
                        "16Ei",
                        "0.5Mi",
                        "0.0001Ki",
                        "500m",
                        "1u",
                        "1n",
                        "0.1n",
                        "-0.4n",
                        "1.0000000001",
                        "1e3",
                        "1E3",
                        "12.5e-3",
                        "1e-12",
                        "5E",
                        "3P",
                        "7T",
                        "123456789012345678",
                        "1234567890123456789",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "9223372036854775808",
                        "0.000000000000000000000001",
                        "1234567890123456789012e30",
                        "001.500",
                        ".5",
                        "5.",
                        "1e20",
                        "1e35",
                        "-2e-9",
                        "99999999999999Ki",
                        "1000000000",
                        "1000Ki",
                        "1.25M"),
                "0123456789019.+-eEinumkKMGTP ,x");
    }

    private static Mutation urls(Random random) {
        return new Mutation(
                random,
                List.of(
                        "https://user:pass@example.com:80/path?query=val#fragment",
                        "/absolute-path",
                        "http://a/b c?d e",
                        "https://[::1]:80/a%2Fb",
                        "https://[fe80::1%25eth0]/",
                        "http://a:b:c/",
                        "ftp://a:1:2/x",
                        "mailto:a@b?c=d",
                        "//host/path",
                        "HTTP://ExAmPlE.com",
                        "http://%e4%bd%a0/%e4%bd%a0",
                        "/?a=1&b=2&a=3&c",
                        "/?a=%20+%2B;&b;c=1&d=e=f",
                        "http:///x",
                        "x:",
                        "*",
                        "http://u%40:p%3A@h/",
                        "/a[b]!$&'()*+,;=:@",
                        "../relative",
                        "http://é/ü?ö#ä",
                        "a+b-c.1://d",
                        "http://[::ffff:1.2.3.4]/"),
                "/:@?#[]%25aA0&=;+ \"'<>\\^`{|}~!*é\t.");
    }

    private static Mutation addresses(Random random) {
        return new Mutation(
                random,
                List.of(
                        "127.0.0.1",
                        "0.0.0.0",
                        "255.255.255.255",
                        "10.01.2.3",
                        "224.0.0.1",
                        "239.1.1.1",
                        "169.254.1.1",
                        "192.168.100.200",
                        "::",
                        "::1",
                        "2001:db8::abcd",
                        "2001:DB8:0:0:0:0:0:1",
                        "fe80::1",
                        "fe80::1%eth0",
                        "ff02::1",
                        "ff05::2",
                        "::ffff:1.2.3.4",
                        "::ffff:102:304",
                        "64:ff9b::1.2.3.4",
                        "1:2:3:4:5:6:7:8",
                        "1:0:0:4:5:0:0:8",
                        "1:2:3:4:5:6:1.2.3.4",
                        "febf::",
                        "::0:0:1",
                        "fd00::1:0:0:0"),
                "0123456789abcdefF::..%/ g");
    }

    private static Mutation networks(Random random) {
        List<String> lengths =
                List.of("0", "1", "7", "8", "9", "24", "31", "32", "33", "48", "63", "64", "65", "127", "128");
        List<String> networks = Stream.of(
                        "10.1.2.3", "10.0.0.0", "10.128.0.0", "0.0.0.0", "2001:db8::1", "2001:db8::", "::")
                .flatMap(address -> lengths.stream().map(length -> address + "/" + length))
                .toList();
        return new Mutation(random, networks, "0123456789/:.f");
    }

    private static Mutation names(Random random) {
        return new Mutation(
                random,
                List.of(
                        "my-name",
                        "123-abc",
                        "a",
                        "example.com",
                        "a.b-c.d",
                        "A",
                        "MyName",
                        "example.com/MyName",
                        "a_b.c",
                        "-a",
                        "a-",
                        "1a",
                        "a--",
                        "a.-",
                        "/",
                        "a/b",
                        "",
                        "é",
                        "a".repeat(63),
                        "a".repeat(64),
                        "a".repeat(61) + "é",
                        "a.".repeat(126) + "a",
                        "a.".repeat(127) + "a",
                        "b".repeat(63) + "/c"),
                "a1-._/AZé ");
    }

    private static Mutation data(Random random) {
        return new Mutation(
                random,
                List.of(
                        "123e4567-e89b-12d3-a456-426614174000",
                        "123E4567E89B12D3A456426614174000",
                        "aGVsbG8=",
                        "aGVsbA==",
                        "AAAA",
                        "+/+/",
                        "",
                        "2021-01-01",
                        "2020-02-29",
                        "2021-02-29",
                        "2100-02-29",
                        "0000-12-31",
                        "2021-01-01T00:00:00Z",
                        "2021-12-31t23:59:59.123+01:00",
                        "2021-01-01T23:59:60Z",
                        "2021-01-01T00:00:00+05+05:00",
                        "2021-01-01T00:00:00\r5z"),
                "0123456789abfF-:+.=zZtT\né");
    }

    private static Mutation versions(Random random) {
        return new Mutation(
                random,
                List.of(
                        "1.0.0",
                        "v1.0.0",
                        "1.0",
                        "1",
                        "01.01.01",
                        "1.2.3-alpha.1",
                        "1.2.3-alpha.10",
                        "1.2.3-alpha.beta",
                        "1.2.3+build.01",
                        "1.2.3-rc.1+b",
                        "00.00.00-0",
                        "1.2.-a",
                        "18446744073709551615.0.0",
                        "18446744073709551616.0.0",
                        "1.0.0-18446744073709551616",
                        "v",
                        "",
                        "1.0.0-a-b",
                        "10.20.30"),
                "0123456789..--++vaZ é");
    }

    private static Stream<Question> questions(List<String> expressions, Mutation texts) {
        Supplier<String> text = () -> Stream.generate(texts::text)
                .filter(candidate -> !expressions.equals(QUANTITY_EXPRESSIONS)
                        || SMALL_EXPONENT.matcher(candidate).matches())
                .findFirst()
                .orElseThrow();
        long n = texts.random().nextInt(4) == 0
                ? texts.random().nextLong()
                : texts.random().nextInt(-1000, 1000);
        Map<String, Object> all = Map.of("x", text.get(), "y", text.get(), "z", text.get(), "n", n);
        return expressions.stream().map(expression -> new Question(expression, all));
    }

    private static Optional<JsonNode> result(JsonNode answer) {
        return answer.has("error") ? Optional.empty() : Optional.of(answer.get("result"));
    }

    /** Numbers agree by value: JSON writes a whole double as an integer. */
    private static boolean agree(Optional<JsonNode> one, Optional<JsonNode> two) {
        if (one.isEmpty() || two.isEmpty()) {
            return one.isEmpty() && two.isEmpty();
        }
        JsonNode left = one.orElseThrow();
        JsonNode right = two.orElseThrow();
        boolean numbers = left.isNumber() && right.isNumber();
        return numbers ? left.asDouble() == right.asDouble() : replaced(left).equals(replaced(right));
    }

    /** Bytes that are no UTF-8 become one or more replacement characters. */
    private static JsonNode replaced(JsonNode result) {
        return MAPPER.readTree(result.toString().replaceAll("\uFFFD+", "\uFFFD"));
    }

    private static List<Map.Entry<String, Optional<JsonNode>>> recorded() throws IOException {
        Pattern form = Pattern.compile("(.+) -> (.+)");
        try (InputStream lines = KubernetesFunctionsTest.class.getResourceAsStream("/cel/functions.txt")) {
            assertThat(lines).isNotNull();
            return new String(lines.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(form::matcher)
                    .filter(Matcher::matches)
                    .map(line -> Map.entry(line.group(1), expectation(line.group(2))))
                    .toList();
        }
    }

    private static Optional<JsonNode> expectation(String text) {
        return text.equals("error") ? Optional.empty() : Optional.of(MAPPER.readTree(text));
    }
}
