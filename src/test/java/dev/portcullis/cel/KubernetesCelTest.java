package dev.portcullis.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether expressions give what they give in Kubernetes, and fail where they fail there. */
class KubernetesCelTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNode FAILED = MAPPER.readTree("{\"error\": true}");
    private static final Budget BUDGET = new Budget(10_000_000, Duration.ofSeconds(20));
    private static final Path EXPRESSIONS = Path.of("src/test/resources/cel/expressions.txt");
    private static final Path EXCEPTIONS = Path.of("src/test/resources/cel/exceptions.txt");

    private static final JsonNode VARIABLES = MAPPER.readTree("""
            {"name": "web", "n": 3, "f": 1.5, "b": true, "nul": null, "ls": ["b", "a", "c"], "nums": [3, 1, 2],
             "m": {"a": 1, "b": {"c": "d"}}, "s": "h\u00e9llo w\u00f6rld \ud83d\ude00 end"}
            """);

    /** With {@code -Dportcullis.seed=N} other arguments than usual. */
    private final Random random = new Random(Long.getLong("portcullis.seed", 20261128));

    private final Expressions expressions = Expressions.of(
            VARIABLES.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, variable -> Type.DYN)));

    @Test
    void expressionsGiveWhatTheyGiveInKubernetes() throws IOException {
        List<String> listed = Files.readAllLines(EXPRESSIONS).stream()
                .filter(line -> !line.startsWith("# "))
                .toList();
        assertThat(listed).hasSizeGreaterThan(250);
        Map<String, String> exceptions = exceptions();
        Map<String, String> differences = differences(listed, VARIABLES);
        assertThat(differences.entrySet().stream()
                        .filter(entry -> !exceptions.containsKey(entry.getKey()))
                        .map(entry -> entry.getKey() + "\n    " + entry.getValue()))
                .isEmpty();
        assertThat(exceptions.keySet()).as("an exception that is none any more").isSubsetOf(differences.keySet());
    }

    @Test
    void functionsGiveWhatTheyGiveInKubernetesForAnyArguments() throws IOException {
        Map<String, String> differences = new LinkedHashMap<>();
        for (int round = 0; round < 12; round++) {
            Map<String, Object> variables = new HashMap<>();
            variables.put("name", text());
            variables.put("s", text());
            variables.put("n", number());
            variables.put("f", decimal());
            variables.put("b", random.nextBoolean());
            variables.put("nul", text(random.nextInt(3)));
            variables.put(
                    "ls",
                    IntStream.range(0, random.nextInt(6)).mapToObj(i -> text()).toList());
            variables.put(
                    "nums",
                    IntStream.range(0, random.nextInt(6))
                            .mapToObj(i -> number())
                            .toList());
            variables.put("m", Map.of("a", text(), "b", Map.of("c", number())));
            JsonNode values = MAPPER.valueToTree(variables);
            differences(Files.readAllLines(Path.of("src/test/resources/cel/generated.txt")), values)
                    .forEach((expression, difference) -> differences.put(expression + "  with " + values, difference));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void logicAndMacrosGiveWhatTheyGiveInKubernetesWhateverFailsInThem() {
        Sentences sentences = new Sentences(random);
        List<String> made = Stream.generate(sentences::next).limit(4_000).toList();
        assertThat(made.stream().filter(sentence -> !ours(sentence, VARIABLES).has("error")))
                .hasSizeBetween(1_300, 2_700);
        Map<String, String> differences = differences(made, VARIABLES);
        differences.values().removeIf(KubernetesCelTest::isNoResult);
        assertThat(differences).isEmpty();
    }

    /** Both guess types of open parts, each in its own way; and Kubernetes cannot sort by what fails. */
    private static boolean isNoResult(String difference) {
        return difference.startsWith("Kubernetes: {\"error\":\"ERROR: <input>")
                || difference.startsWith("Kubernetes: {\"error\":\"internal error")
                || difference.contains("ours: {\"error\":\"line 1, column ");
    }

    private String text() {
        return text(random.nextInt(9));
    }

    /** Of characters that meet in one another, are of several sizes, or mean something in numbers and expressions. */
    private String text(int length) {
        int[] alphabet = "aab b.,-+01239eE_xX:%\u00e9\u0130\uffff\ud83d\ude00\u200b\u00a0\"\\\n"
                .codePoints()
                .toArray();
        return IntStream.range(0, length)
                .mapToObj(i -> Character.toString(alphabet[random.nextInt(alphabet.length)]))
                .collect(Collectors.joining());
    }

    private long number() {
        long[] special = {0, 1, -1, 2, 3, Long.MAX_VALUE, Long.MIN_VALUE, 253402300800L};
        return random.nextInt(3) == 0 ? special[random.nextInt(special.length)] : random.nextInt(-20, 20);
    }

    private double decimal() {
        double[] special = {0.5, -0.5, 1.25, 1e15 + 0.5, 123456.75, 1e-7, 1.7976931348623157e308, 4.9E-324};
        return random.nextInt(2) == 0 ? special[random.nextInt(special.length)] : random.nextGaussian() * 1e6;
    }

    private Map<String, String> differences(List<String> listed, JsonNode variables) {
        List<JsonNode> answers = Oracle.of("cel")
                .ask(listed.stream()
                        .map(line -> Map.of("expression", line, "vars", variables))
                        .toList());
        Map<String, String> differences = new LinkedHashMap<>();
        for (int i = 0; i < listed.size(); i++) {
            JsonNode answer = answers.get(i);
            JsonNode ours = ours(listed.get(i), variables);
            JsonNode theirs = answer.has("error") ? FAILED : Plain.of(answer.path("result"));
            if (!theirs.equals(ours.has("error") ? FAILED : ours)) {
                differences.put(listed.get(i), "Kubernetes: " + answer + "\n    ours: " + ours);
            }
        }
        return differences;
    }

    private JsonNode ours(String expression, JsonNode variables) {
        Map<String, Object> values = new HashMap<>();
        variables.forEachEntry((name, value) -> values.put(name, Values.of(value)));
        try {
            return Plain.of(expressions.compile(expression, ResultType.ANY).evaluate(values, BUDGET));
        } catch (ExpressionException | EvaluationException e) {
            return MAPPER.valueToTree(Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    /** Expressions that give something else on purpose, below the reason why. */
    private static Map<String, String> exceptions() throws IOException {
        Map<String, String> exceptions = new LinkedHashMap<>();
        List<String> reason = new ArrayList<>();
        for (String line : Files.readAllLines(EXCEPTIONS)) {
            if (line.startsWith("# ")) {
                reason.clear();
                reason.add(line.substring(2));
            } else if (!line.isBlank()) {
                exceptions.put(line, reason.getFirst());
            }
        }
        return exceptions;
    }
}
