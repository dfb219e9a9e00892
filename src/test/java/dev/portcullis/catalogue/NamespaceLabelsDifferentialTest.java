package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.document.Yaml;
import dev.portcullis.inspection.NamespaceDocuments;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.Manifests;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.FixMode;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Profile;
import dev.portcullis.policy.Report;
import dev.portcullis.resource.NamespaceLabelPolicies;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.testing.Sets;
import dev.portcullis.workload.Requester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Namespaces with random {@code pod-security.kubernetes.io/*} labels give the same verdicts by Kubernetes' evaluator, by a
 * policy that honours them, and by the policies that are made from them.
 */
final class NamespaceLabelsDifferentialTest {
    private static final int NAMESPACES = 60;
    private static final int OBJECTS = 1_500;
    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final List<String> LEVELS =
            List.of("privileged", "baseline", "baseline", "restricted", "restricted", "Restricted", "strict", "");
    private static final List<String> VERSIONS =
            List.of("latest", "v1.0", "v1.19", "v1.24", "v1.25", "v1.32", "v1.35", "v1.36", "v1.99", "1.30", "newest");
    private static final Policy HONOURING = new Policy(
            "honouring",
            Match.EVERYTHING,
            Profile.NONE,
            KubernetesVersion.LATEST,
            Mode.ENFORCE,
            FixMode.NONE,
            Map.of(),
            new Policy.Extras(List.of(), true, Set.of()));

    private final Draw draw = new Draw(new SplittableRandom(PodSecurityDifferentialTest.SEED));
    private final PodGenerator pods = new PodGenerator(draw.random());
    private final Kubernetes kubernetes = new Kubernetes();

    @TempDir
    private Path folder;

    /** One object in one namespace, and what Kubernetes makes of it in each mode. */
    private record Case(JsonNode object, JsonNode pod, Map<String, String> labels, Map<Mode, Set<String>> expected) {}

    @Test
    void givesTheVerdictsOfKubernetes() throws Exception {
        List<Map<String, String>> labels = new ArrayList<>();
        List<Yaml.Result> documents = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            labels.add(labels());
            documents.addAll(Yaml.readEach(JsonMapper.shared().writeValueAsBytes(namespace(i, labels.get(i))), 1));
        }
        NamespaceDocuments namespaces = new NamespaceDocuments(ClusterKnowledge.NONE);
        namespaces.learn(documents);
        PolicySet honouring = Sets.of(List.of(HONOURING));
        PolicySet made = PolicyFiles.read(
                Files.writeString(folder.resolve("made.yaml"), NamespaceLabelPolicies.of(namespaces.described())));
        List<Case> cases = cases(labels);
        Map<Mode, Integer> failures = new EnumMap<>(Mode.class);
        for (Case one : cases) {
            assertThat(verdicts(one, honouring, namespaces))
                    .as("honoured: %s", one)
                    .isEqualTo(one.expected());
            assertThat(verdicts(one, made, namespaces)).as("made: %s", one).isEqualTo(one.expected());
            one.expected().forEach((mode, failed) -> failures.merge(mode, failed.isEmpty() ? 0 : 1, Integer::sum));
        }
        assertThat(failures.values()).as("cases that fail, by mode").hasSize(3).allMatch(count -> count > 50);
        assertThat(made.policies()).hasSizeGreaterThan(10);
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (String mode : List.of("enforce", "warn", "audit")) {
            if (draw.chance(65)) {
                labels.put(PREFIX + mode, draw.oneOf(LEVELS));
            }
            if (draw.chance(60)) {
                labels.put(PREFIX + mode + "-version", draw.oneOf(VERSIONS));
            }
        }
        return labels;
    }

    private static ObjectNode namespace(int number, Map<String, String> labels) {
        ObjectNode namespace =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode written =
                namespace.putObject("metadata").put("name", "ns-" + number).putObject("labels");
        labels.forEach(written::put);
        return namespace;
    }

    private List<Case> cases(List<Map<String, String>> labels) {
        List<Case> cases = new ArrayList<>();
        List<Kubernetes.Question> questions = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        List<PodSecurityVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            int number = draw.upTo(NAMESPACES - 1);
            ObjectNode pod = pods.next().json();
            pod.withObjectProperty("metadata").put("namespace", "ns-" + number);
            boolean controller = draw.chance(25);
            Case one = new Case(controller ? deployment(pod) : pod, pod, labels.get(number), new EnumMap<>(Mode.class));
            cases.add(one);
            for (Mode mode : List.of(Mode.ENFORCE, Mode.WARN, Mode.AUDIT)) {
                LevelVersion asked = asked(one.labels(), mode);
                one.expected().put(mode, Set.of());
                if (!asked.level().equals("privileged") && !(controller && mode == Mode.ENFORCE)) {
                    int answer = questions.size();
                    questions.add(new Kubernetes.Question(asked.level(), asked.version(), pod));
                    answers.add(
                            () -> one.expected().put(mode, verdicts.get(answer).failed()));
                }
            }
        }
        verdicts.addAll(kubernetes.judge(questions));
        answers.forEach(Runnable::run);
        cases.forEach(one -> keepStrictest(one.expected()));
        return cases;
    }

    /** A check that fails in several modes is told once, in the strictest of them. */
    private static Map<Mode, Set<String>> keepStrictest(Map<Mode, Set<String>> verdicts) {
        Set<String> told = new TreeSet<>();
        for (Mode mode : List.of(Mode.ENFORCE, Mode.WARN, Mode.AUDIT)) {
            Set<String> failed = new TreeSet<>(verdicts.getOrDefault(mode, Set.of()));
            failed.removeAll(told);
            told.addAll(failed);
            verdicts.put(mode, failed);
        }
        return verdicts;
    }

    private static ObjectNode deployment(ObjectNode pod) {
        ObjectNode deployment = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "apps/v1")
                .put("kind", "Deployment");
        deployment.set("metadata", pod.path("metadata").deepCopy());
        ObjectNode template = deployment.putObject("spec").putObject("template");
        template.set("metadata", pod.path("metadata").deepCopy());
        template.set("spec", pod.path("spec"));
        return deployment;
    }

    private record LevelVersion(String level, String version) {}

    /** {@code PolicyToEvaluate} of k8s.io/pod-security-admission with privileged, latest as its defaults. */
    private static LevelVersion asked(Map<String, String> labels, Mode mode) {
        String level = level(labels, mode);
        if (mode == Mode.WARN && !labels.containsKey(PREFIX + "warn") && isLevel(labels.get(PREFIX + "enforce"))) {
            String enforced = labels.getOrDefault(PREFIX + "enforce", "");
            String version = labels.containsKey(PREFIX + "warn-version")
                    ? version(labels, Mode.WARN)
                    : version(labels, Mode.ENFORCE);
            return new LevelVersion(enforced, version);
        }
        return new LevelVersion(level, version(labels, mode));
    }

    private static String level(Map<String, String> labels, Mode mode) {
        String level = labels.get(PREFIX + mode.id());
        if (level == null || isLevel(level)) {
            return level == null ? "privileged" : level;
        }
        return mode == Mode.ENFORCE ? "restricted" : "privileged";
    }

    private static boolean isLevel(@Nullable String text) {
        return Set.of("privileged", "baseline", "restricted").contains(String.valueOf(text));
    }

    private static String version(Map<String, String> labels, Mode mode) {
        String version = labels.getOrDefault(PREFIX + mode.id() + "-version", "latest");
        return version.matches("v1\\.[0-9]+") ? version : "latest";
    }

    private static Map<Mode, Set<String>> verdicts(Case one, PolicySet policies, ClusterKnowledge namespaces) {
        Manifests.Pods read = (Manifests.Pods) Manifests.read(one.object()).getFirst();
        Report report = new Evaluator(false)
                .evaluate(
                        read.workload(),
                        policies,
                        read.object().circumstances(Instant.EPOCH, Requester.UNKNOWN, null, Map::of, namespaces));
        Map<Mode, Set<String>> verdicts = new EnumMap<>(Mode.class);
        report.findings().stream()
                .filter(judged -> judged.finding().isViolation())
                .forEach(judged -> verdicts.computeIfAbsent(judged.mode(), _ -> new TreeSet<>())
                        .add(judged.finding().check().id()));
        return keepStrictest(verdicts);
    }
}
