package dev.portcullis.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.document.KubernetesYaml.Comparison;
import dev.portcullis.document.KubernetesYaml.Verdict;
import dev.portcullis.testing.Oracle;
import dev.portcullis.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** This reader against Kubernetes' own: what both read is the same, and what Kubernetes refuses we refuse. */
final class KubernetesYamlTest {
    @Test
    void readsTheCorpusAsKubernetesDoes() {
        List<Comparison> comparisons = KubernetesYaml.compare(YamlCorpus.texts());
        assertThat(comparisons).hasSizeGreaterThan(600);
        assertThat(comparisons).filteredOn(c -> c.verdict() == Verdict.SAME).hasSizeGreaterThan(400);
        assertThat(comparisons)
                .filteredOn(c -> c.verdict() != Verdict.SAME && c.verdict() != Verdict.BOTH_REFUSE)
                .isEmpty();
    }

    @Test
    void refusesOnPurposeOnlyWhatIsListed() {
        List<YamlCorpus.Refused> refused = YamlCorpus.refused();
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.reason()).isNotBlank());
        assertThat(KubernetesYaml.compare(
                        refused.stream().map(YamlCorpus.Refused::text).toList()))
                .allMatch(c -> c.verdict() == Verdict.ONLY_WE_REFUSE);
    }

    /** The more own values a document has, the more of it may come from aliases. */
    @Test
    void refusesAliasesFromTheSameShareOnAsKubernetesDoes() {
        String aliased = "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [" + "*a, ".repeat(10) + "]\nc: &c ["
                + "*b, ".repeat(10) + "]\nd: [" + "*c, ".repeat(6) + "]";
        List<Comparison> comparisons = KubernetesYaml.compare(IntStream.range(0, 120)
                .mapToObj(own -> "own: [" + "y, ".repeat(own) + "]\n" + aliased)
                .toList());
        assertThat(comparisons).extracting(Comparison::verdict).containsOnly(Verdict.SAME, Verdict.BOTH_REFUSE);
        assertThat(comparisons.getFirst().verdict()).isEqualTo(Verdict.BOTH_REFUSE);
        assertThat(comparisons.getLast().verdict()).isEqualTo(Verdict.SAME);
    }

    @ParameterizedTest
    @ValueSource(longs = {20260101, 7})
    void readsGeneratedDocumentsAsKubernetesDoes(long seed) {
        YamlGenerator generator = new YamlGenerator(seed);
        List<Comparison> comparisons = KubernetesYaml.compare(
                Stream.generate(generator::document).limit(5_000).toList());
        assertThat(comparisons)
                .filteredOn(c -> c.verdict() == Verdict.DIFFERENT || c.verdict() == Verdict.ONLY_KUBERNETES_REFUSES)
                .isEmpty();
        assertThat(comparisons).filteredOn(c -> c.verdict() == Verdict.SAME).hasSizeGreaterThan(2_000);
        assertThat(comparisons)
                .filteredOn(c -> c.verdict() == Verdict.ONLY_WE_REFUSE)
                .hasSizeLessThan(25)
                .allMatch(c -> c.ours().contains("stands twice") || c.ours().contains("a colon without a space"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"argo-cd", "kube-prometheus", "longhorn", "online-boutique"})
    void readsPublicManifestsAsKubernetesDoes(String name) throws IOException, UnreadableException {
        String text = Files.readString(manifest(name));
        List<JsonNode> theirs = Oracle.of("yaml")
                .ask(Stream.of(text.split("(?m)^---"))
                        .map(document -> Map.of("yaml", document))
                        .toList())
                .stream()
                .map(answer -> answer.get("json"))
                .filter(json -> !json.isNull())
                .toList();
        List<Document> ours = Yaml.readAll(text.getBytes(UTF_8), 1_000);
        assertThat(ours).hasSameSizeAs(theirs).hasSizeGreaterThan(5);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(KubernetesYaml.isSame(ours.get(i).root(), theirs.get(i)))
                    .as("document " + i)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"argo-cd", "kube-prometheus", "longhorn", "online-boutique"})
    void everyValueOfPublicManifestsStandsWhereItsPositionSays(String name) throws IOException, UnreadableException {
        String text = Files.readString(manifest(name));
        List<String> lines = text.lines().toList();
        List<String> wrong = new ArrayList<>();
        int[] checked = {0};
        for (Document document : Yaml.readAll(text.getBytes(UTF_8), 1_000)) {
            eachScalar(document.root(), "", (pointer, scalar) -> {
                Position position = Objects.requireNonNull(document.positions().of(pointer), pointer);
                String rest = lines.get(position.line() - 1).substring(position.column() - 1);
                checked[0]++;
                if (!starts(rest, scalar)) {
                    wrong.add(pointer + " " + position + " " + rest);
                }
            });
        }
        assertThat(checked[0]).isGreaterThan(500);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"online-boutique,/kind,22,7", "argo-cd,/kind,3,7"})
    void knowsWhereKindStands(String name, String pointer, int line, int column)
            throws IOException, UnreadableException {
        byte[] text = Files.readAllBytes(manifest(name));
        assertThat(Yaml.readAll(text, 1_000).getFirst().positions().of(pointer)).isEqualTo(new Position(line, column));
    }

    private interface Visitor {
        void visit(String pointer, JsonNode scalar);
    }

    private static void eachScalar(JsonNode node, String pointer, Visitor visitor) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> eachScalar(
                            member.getValue(),
                            pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"),
                            visitor));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                eachScalar(node.get(i), pointer + "/" + i, visitor);
            }
        } else {
            visitor.visit(pointer, node);
        }
    }

    /** Whether a value's text could start so: a quote, the header of a block, or its own first word. */
    private static boolean starts(String rest, JsonNode scalar) {
        if (scalar.isNull()) {
            return true;
        }
        String value = scalar.isString() ? scalar.stringValue() : scalar.toString();
        return (scalar.isString() && rest.matches("[|>\"'].*"))
                || rest.startsWith(value.strip().replaceFirst("(?s)\\s.*", ""));
    }

    private static Path manifest(String name) {
        return Shared.path("manifests/" + name + ".yaml");
    }
}
