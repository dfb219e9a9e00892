package dev.portcullis.catalogue;

import dev.portcullis.catalogue.PodSecurityCases.Case;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compares a judge with Kubernetes and keeps, of each kind of difference, how often it came and the first one, made small. */
final class Comparison {

    /** What one side fails and the other does not. */
    record Kind(Set<String> onlyKubernetes, Set<String> onlyJudge) {

        boolean agreement() {
            return size() == 0;
        }

        int size() {
            return onlyKubernetes.size() + onlyJudge.size();
        }
    }

    /** The first difference of a kind. */
    record Difference(Kind kind, Case example, String version) {}

    private static final int MOST_REPORTED = 10;

    private final Kubernetes kubernetes;
    private final Judge judge;
    private final Map<Kind, Difference> differences = new LinkedHashMap<>();
    private final Map<Kind, Integer> times = new LinkedHashMap<>();
    private int judged;

    Comparison(Kubernetes kubernetes, Judge judge) {
        this.kubernetes = kubernetes;
        this.judge = judge;
    }

    Comparison over(Stream<Case> cases) {
        kubernetes.judge(cases, this::compare);
        return this;
    }

    int judged() {
        return judged;
    }

    /** A paragraph for each of the simplest kinds of difference, with the smallest pod that shows it; empty where there are none. */
    String report() {
        return differences.values().stream()
                .sorted(Comparator.comparingInt(difference -> difference.kind().size()))
                .limit(MOST_REPORTED)
                .map(this::describe)
                .collect(Collectors.joining());
    }

    private String describe(Difference first) {
        return """

                %d times; first in pod %d, %s %s
                  only Kubernetes fails: %s
                  only the judge fails:  %s
                  smallest pod: %s
                """.formatted(
                        times.get(first.kind()),
                        first.example().number(),
                        first.example().level(),
                        first.version(),
                        first.kind().onlyKubernetes(),
                        first.kind().onlyJudge(),
                        smallest(first));
    }

    private void compare(Case pod, Map<String, PodSecurityVerdict> verdicts) {
        var json = bytes(pod.pod());
        verdicts.forEach((version, verdict) -> {
            judged++;
            var kind = kind(verdict, ask(pod.level(), version, json));
            if (!kind.agreement()) {
                differences.putIfAbsent(kind, new Difference(kind, pod, version));
                times.merge(kind, 1, Integer::sum);
            }
        });
    }

    private ObjectNode smallest(Difference difference) {
        var level = difference.example().level();
        var version = difference.version();
        return Shrinking.smallest(
                difference.example().pod(),
                pod -> kind(kubernetes.judge(level, version, pod), ask(level, version, bytes(pod)))
                        .equals(difference.kind()));
    }

    /** A judge that refuses a pod that Kubernetes reads differs from it, and says how. */
    private Set<String> ask(String level, String version, byte[] pod) {
        try {
            return judge.failed(level, version, pod);
        } catch (RuntimeException refused) {
            return Set.of(refused.toString());
        }
    }

    private static Kind kind(PodSecurityVerdict kubernetes, Set<String> judge) {
        return new Kind(without(kubernetes.failed(), judge), without(judge, kubernetes.failed()));
    }

    private static Set<String> without(Set<String> from, Set<String> others) {
        var rest = new TreeSet<>(from);
        rest.removeAll(others);
        return rest;
    }

    private static byte[] bytes(ObjectNode pod) {
        return JsonMapper.shared().writeValueAsBytes(pod);
    }
}
