package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The same pods, judged by Kubernetes and by this project, fail the same checks. */
final class PodSecurityDifferentialTest {

    /** Another seed, {@code -Dportcullis.seed=N}, gives other pods. */
    static final long SEED = Long.getLong("portcullis.seed", 36);

    static final int PODS = 20_000;

    private final Kubernetes kubernetes = new Kubernetes();

    @Test
    void findsNothingWhereBothAgree() {
        var comparison = new Comparison(kubernetes, this::asKubernetes).over(PodSecurityCases.of(SEED, 200));

        assertThat(comparison.report()).isEmpty();
        assertThat(comparison.judged()).isGreaterThan(400);
    }

    @Test
    void showsTheSmallestPodOnWhichAJudgeDiffers() {
        Judge blind = (level, version, pod) -> {
            var failed = new HashSet<>(asKubernetes(level, version, pod));
            failed.remove("host-pid");
            return failed;
        };

        var comparison = new Comparison(kubernetes, blind).over(PodSecurityCases.of(SEED, 500));

        assertThat(comparison.report())
                .contains("only Kubernetes fails: [host-pid]", "smallest pod: {\"spec\":{\"hostPID\":true}}");
    }

    @Test
    void countsARefusedPodAsADifference() {
        Judge refusing = (level, version, pod) -> {
            throw new IllegalArgumentException("no pods today");
        };

        var comparison = new Comparison(kubernetes, refusing).over(PodSecurityCases.of(SEED, 20));

        assertThat(comparison.report()).contains("no pods today", "smallest pod: {}");
    }

    private Set<String> asKubernetes(String level, String version, byte[] pod) {
        return kubernetes
                .judge(level, version, JsonMapper.shared().readTree(pod))
                .failed();
    }
}
