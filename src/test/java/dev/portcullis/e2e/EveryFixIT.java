package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.catalogue.EveryFix;
import dev.portcullis.catalogue.PodGenerator;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.PodPatch;
import dev.portcullis.kubernetes.WorkloadReader;
import dev.portcullis.policy.Report;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever pod an API server takes, it takes with every fix there is. */
@ExtendWith(ControlPlaneExtension.class)
final class EveryFixIT {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NAMESPACE = "every-fix";
    private static final long SEED = Long.getLong("portcullis.seed", 6);
    private static final int PODS = 1_000;

    @Test
    void isTakenWhereThePodWas(ControlPlane controlPlane) throws Exception {
        controlPlane.namespace(NAMESPACE, Map.of());
        PodGenerator pods = new PodGenerator(new SplittableRandom(SEED));
        List<String> refused = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < PODS; i++) {
            ObjectNode pod = pods.next().json();
            ((ObjectNode) pod.path("metadata")).put("namespace", NAMESPACE);
            ((ObjectNode) pod.path("spec")).remove("ephemeralContainers");
            if (!answer(controlPlane, pod).isEmpty()) {
                continue;
            }
            EveryFix fixes = i % 2 == 0 ? EveryFix.FILLING_IN : EveryFix.OVERWRITING;
            PodPatch patch = PodPatch.apply(pod, judge(fixes, pod), () -> judge(fixes, pod));
            String problem = answer(controlPlane, pod);
            if (!problem.isEmpty()) {
                refused.add(problem + " after " + patch.operations());
            }
            taken++;
        }

        assertThat(refused).as("seed %d", SEED).isEmpty();
        assertThat(taken).as("pods that were taken before").isGreaterThan(PODS / 4);
    }

    private static Report judge(EveryFix fixes, ObjectNode pod) throws MalformedObjectException {
        return fixes.judge(WorkloadReader.read(pod).orElseThrow());
    }

    /** Empty where it would be stored. */
    private static String answer(ControlPlane controlPlane, ObjectNode pod) {
        try {
            controlPlane
                    .client()
                    .raw("/api/v1/namespaces/" + NAMESPACE + "/pods?dryRun=All", "POST", JSON.writeValueAsString(pod));
            return "";
        } catch (KubernetesClientException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
