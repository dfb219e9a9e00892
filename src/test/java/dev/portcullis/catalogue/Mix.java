package dev.portcullis.catalogue;

import dev.portcullis.catalogue.PodSecurityCases.Case;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How Kubernetes judges a set of cases.
 *
 * @param failedAlone by check, judgements in which it alone fails
 * @param failedWithOthers by check, judgements in which it fails beside others
 * @param failedAt by version and check, judgements in which it fails
 * @param changed by minor, cases whose failing checks are others than at the minor before
 * @param judged by level, all judgements
 * @param allowed by level, judgements that allow
 */
record Mix(
        Map<String, Integer> failedAlone,
        Map<String, Integer> failedWithOthers,
        Map<String, Integer> failedAt,
        Map<Integer, Integer> changed,
        Map<String, Integer> judged,
        Map<String, Integer> allowed) {

    static Mix of(long seed, int pods, Kubernetes kubernetes) {
        var mix = new Mix(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        kubernetes.judge(PodSecurityCases.of(seed, pods), mix::add);
        return mix;
    }

    /** From 0 to 1. */
    double allowedShare(String level) {
        return allowed.getOrDefault(level, 0) / (double) judged.getOrDefault(level, 1);
    }

    private void add(Case pod, Map<String, PodSecurityVerdict> verdicts) {
        verdicts.forEach((version, verdict) -> count(pod.level(), version, verdict));
        var before = verdicts.get(PodSecurityCases.version(pod.boundary() - 1));
        var after = verdicts.get(PodSecurityCases.version(pod.boundary()));
        if (!Objects.equals(before, after)) {
            changed.merge(pod.boundary(), 1, Integer::sum);
        }
    }

    private void count(String level, String version, PodSecurityVerdict verdict) {
        judged.merge(level, 1, Integer::sum);
        if (verdict.allowed()) {
            allowed.merge(level, 1, Integer::sum);
        }
        var counted = verdict.failed().size() == 1 ? failedAlone : failedWithOthers;
        for (var check : verdict.failed()) {
            counted.merge(check, 1, Integer::sum);
            failedAt.merge(version + " " + check, 1, Integer::sum);
        }
    }
}
