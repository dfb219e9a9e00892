package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.kubernetes.MalformedObjectException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same pods, judged by Kubernetes and by this project, fail the same checks. */
final class PodSecurityDifferentialTest {

    /** With {@code -Dportcullis.seed=N} other pods than those whose mix is known. */
    static final long SEED = Long.getLong("portcullis.seed", PodGeneratorTest.SEED);

    static final int PODS = 20_000;

    private final Kubernetes kubernetes = new Kubernetes();

    @Test
    void failsTheChecksThatKubernetesFails() {
        var comparison = new Comparison(kubernetes, new Portcullis()).over(PodSecurityCases.of(SEED, PODS));

        assertThat(comparison.report()).as("differences with seed %d", SEED).isEmpty();
    }

    /** Go reads these as zero values; the API refuses them or, of a null capability, passes an empty name on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{spec: null}",
                "{spec: {containers: null}}",
                "{spec: {containers: []}}",
                "{spec: {containers: [null]}}",
                "{spec: {containers: [{}], initContainers: [null]}}",
                "{spec: {containers: [{}], ephemeralContainers: [null]}}",
                "{spec: {containers: [{}], volumes: [null]}}",
                "{spec: {containers: [{}], securityContext: {sysctls: [null]}}}",
                "{spec: {containers: [{}], securityContext: {runAsUser: -1}}}",
                "{spec: {containers: [{ports: [null]}]}}",
                "{spec: {containers: [{securityContext: {runAsUser: -1}}]}}",
                "{spec: {containers: [{securityContext: {capabilities: {add: [null]}}}]}}",
                "{spec: {containers: [{securityContext: {capabilities: {drop: [null]}}}]}}"
            })
    void refusesWhatIsNoWholePod(String pod) {
        var json = (ObjectNode) Draw.json(pod);
        json.put("apiVersion", "v1").put("kind", "Pod");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Portcullis()
                        .failed("baseline", "latest", JsonMapper.shared().writeValueAsBytes(json)))
                .withCauseInstanceOf(MalformedObjectException.class);
    }

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
