package dev.portcullis.catalogue;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Result;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.WorkloadReader;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Profile;
import dev.portcullis.testing.Sets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** This project's own judgement: a pod read from its bytes and judged by one profile alone. */
final class Portcullis implements Judge {

    private final Evaluator evaluator = new Evaluator(false);

    @Override
    public Set<String> failed(String level, String version, byte[] pod) {
        try {
            var workload = WorkloadReader.read(Json.read(pod)).orElseThrow();
            var policy = Policy.of(Profile.valueOf(level.toUpperCase(Locale.ROOT)), KubernetesVersion.parse(version));
            return Sets.judge(evaluator, workload, List.of(policy)).findings().stream()
                    .filter(judged -> judged.finding().isViolation())
                    .map(Portcullis::check)
                    .collect(Collectors.toSet());
        } catch (UnreadableException | MalformedObjectException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    private static String check(Judged judged) {
        var finding = judged.finding();
        return finding.result() == Result.ERROR
                ? finding.message()
                : finding.check().id();
    }
}
