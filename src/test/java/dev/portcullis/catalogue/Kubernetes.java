package dev.portcullis.catalogue;

import dev.portcullis.catalogue.PodSecurityCases.Case;
import dev.portcullis.testing.Oracle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Kubernetes' own Pod Security evaluator, asked for its verdicts. */
final class Kubernetes {

    /** One pod to be judged at one level and version. */
    record Question(String level, String version, JsonNode pod) {}

    private static final int BATCH = 500;

    private final Oracle oracle = Oracle.of("pss");

    List<PodSecurityVerdict> judge(List<Question> questions) {
        return oracle.ask(questions).stream().map(PodSecurityVerdict::of).toList();
    }

    PodSecurityVerdict judge(String level, String version, JsonNode pod) {
        return judge(List.of(new Question(level, version, pod))).getFirst();
    }

    /** Gives each case, in order, with its verdicts by version. */
    void judge(Stream<Case> cases, BiConsumer<Case, Map<String, PodSecurityVerdict>> receiver) {
        cases.gather(Gatherers.windowFixed(BATCH)).forEachOrdered(batch -> {
            var verdicts = judge(batch.stream().flatMap(Kubernetes::questions).toList())
                    .iterator();
            for (var pod : batch) {
                var byVersion = new LinkedHashMap<String, PodSecurityVerdict>();
                pod.versions().forEach(version -> byVersion.put(version, verdicts.next()));
                receiver.accept(pod, byVersion);
            }
        });
    }

    private static Stream<Question> questions(Case pod) {
        return pod.versions().stream().map(version -> new Question(pod.level(), version, pod.pod()));
    }
}
