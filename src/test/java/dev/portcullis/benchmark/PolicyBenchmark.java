package dev.portcullis.benchmark;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.UnreadableReviewException;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.testing.KnownCluster;
import dev.portcullis.testing.SilentEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What policies, exemptions and rules add to a validating review of the recorded pods. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx256m"})
public class PolicyBenchmark {
    private static final List<String> NAMESPACES =
            List.of("boutique", "monitoring", "argocd", "longhorn-system", "demo");

    /** One policy alone, or ten of them with fifty exemptions and twenty rules. */
    @Param({"one", "ten"})
    public String policies = "one";

    private final byte[][] reviews = RecordedReviews.pods().toArray(byte[][]::new);
    private Admission admission = admission(PolicySet.of(List.of(), "none"));
    private int next;

    /** Puts the policies in force. */
    @Setup
    public void put() throws IOException, PolicyException {
        Path file = Files.createTempFile("policies", ".yaml");
        try {
            Files.writeString(file, policies.equals("one") ? policy(0, "") : ten());
            admission = admission(PolicyFiles.read(file));
        } finally {
            Files.delete(file);
        }
    }

    private static Admission admission(PolicySet set) {
        KnownCluster cluster = new KnownCluster();
        NAMESPACES.forEach(namespace -> cluster.with(namespace, Map.of("team", namespace, "tier", "gold")));
        return new Admission(() -> set, cluster, InstantSource.system(), new SilentEvents());
    }

    private static String ten() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(policy(i, rules(i)));
        }
        for (int i = 0; i < 50; i++) {
            text.append(exemption(i));
        }
        return text.toString();
    }

    /** Two for each policy, of the sort that teams write. */
    private static String rules(int number) {
        List<String> expressions = List.of(
                "has(object.metadata.labels) && 'app' in object.metadata.labels",
                "object.spec.containers.all(c, has(c.resources) && has(c.resources.limits))",
                "object.spec.containers.all(c, c.image.contains('/') || c.image.contains(':'))",
                "!has(object.spec.hostNetwork) || !object.spec.hostNetwork || request.namespace == 'monitoring'",
                "workload.containers.all(c, !has(c.privileged) || !c.privileged)",
                "namespaceObject.metadata.labels['tier'] in ['gold', 'silver']",
                "!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath) || v.hostPath.path.startsWith('/var'))",
                "object.spec.containers.map(c, c.name).all(n, n.matches('^[a-z0-9-]+$'))",
                "request.userInfo.username.startsWith('system:') || request.operation == 'UPDATE'",
                "size(object.spec.containers) <= 10");
        return """
                rules:
                    - name: one
                      mode: warn
                      expression: "%s"
                    - name: two
                      mode: warn
                      params: {most: %d}
                      expression: "size(object.spec.containers) <= params.most && %s"
                """.formatted(expressions.get(number), number + 10, expressions.get((number + 3) % expressions.size()));
    }

    /** Policies differ in what they match, in a profile and in a mode, as those of several teams do. */
    private static String policy(int number, String rules) {
        String match = number % 2 == 0 ? "{}" : "{namespaces: {selector: {matchLabels: {tier: gold}}}}";
        String profile =
                List.of("hardened", "restricted", "baseline", "hardened").get(number % 4);
        return """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: policy-%d}
                spec:
                  match: %s
                  profile: %s
                  mode: %s
                  exemptionNamespaces: [leaves]
                  checks: {%s}
                  %s
                ---
                """.formatted(number, match, profile, number % 3 == 0 ? "enforce" : "warn", checks(number), rules);
    }

    /** Some have parameters of their own, so that not every check is the same for all. */
    private static String checks(int number) {
        return number % 3 == 0
                ? "image-registry: {parameters: {allow: [\"*%d/*\", \"*\"]}}, pids-limit: {mode: warn}"
                        .formatted(number)
                : "image-digest: {mode: warn}";
    }

    /** Ten in each of the pods' namespaces. */
    private static String exemption(int number) {
        return """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningExemption
                metadata: {name: leave-%d, namespace: leaves}
                spec:
                  subject: {namespace: %s, kind: Deployment, name: app-%d}
                  checks: [host-network, host-pid, host-path-volumes, run-as-non-root, seccomp-profile]
                  owner: sre
                  reason: it has to
                  expiresAt: 2099-01-01T00:00:00Z
                ---
                """.formatted(number, NAMESPACES.get(number % NAMESPACES.size()), number);
    }

    /** The whole way of a validating request. */
    @Benchmark
    public byte[] validate() throws UnreadableReviewException {
        next = (next + 1) % reviews.length;
        return admission.validate(reviews[next]);
    }
}
