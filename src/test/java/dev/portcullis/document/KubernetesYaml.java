package dev.portcullis.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.testing.Oracle;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Compares this reader with Kubernetes' own, text by text. */
final class KubernetesYaml {
    private KubernetesYaml() {}

    /** What the two make of a text. */
    enum Verdict {
        SAME,
        BOTH_REFUSE,
        ONLY_WE_REFUSE,
        ONLY_KUBERNETES_REFUSES,
        DIFFERENT
    }

    /** One text, both readings. */
    record Comparison(String text, Verdict verdict, String ours, String kubernetes) {}

    static List<Comparison> compare(List<String> texts) {
        List<JsonNode> answers = Oracle.of("yaml")
                .ask(texts.stream().map(text -> Map.of("yaml", text)).toList());
        return IntStream.range(0, texts.size())
                .mapToObj(i -> compare(texts.get(i), answers.get(i)))
                .toList();
    }

    private static Comparison compare(String text, JsonNode answer) {
        JsonNode theirs = answer.get("json");
        String kubernetes = answer.toString();
        try {
            List<Document> documents = Yaml.readAll(text.getBytes(UTF_8), 10);
            JsonNode ours = documents.isEmpty()
                    ? JsonNodeFactory.instance.nullNode()
                    : documents.getFirst().root();
            Verdict verdict = theirs == null
                    ? Verdict.ONLY_KUBERNETES_REFUSES
                    : isSame(ours, theirs) ? Verdict.SAME : Verdict.DIFFERENT;
            return new Comparison(text, verdict, ours.toString(), kubernetes);
        } catch (UnreadableException e) {
            Verdict verdict = theirs == null ? Verdict.BOTH_REFUSE : Verdict.ONLY_WE_REFUSE;
            return new Comparison(text, verdict, e.getMessage(), kubernetes);
        }
    }

    /** Numbers by their value as doubles, which is all that the oracle's answer holds of them. */
    static boolean isSame(JsonNode ours, JsonNode theirs) {
        if (ours.isObject() && theirs.isObject()) {
            return ours.size() == theirs.size()
                    && ours.propertyStream()
                            .allMatch(member -> theirs.has(member.getKey())
                                    && isSame(member.getValue(), theirs.get(member.getKey())));
        }
        if (ours.isArray() && theirs.isArray()) {
            return ours.size() == theirs.size()
                    && IntStream.range(0, ours.size()).allMatch(i -> isSame(ours.get(i), theirs.get(i)));
        }
        if (ours.isNumber() && theirs.isNumber()) {
            return ours.doubleValue() == theirs.doubleValue();
        }
        return ours.equals(theirs);
    }
}
