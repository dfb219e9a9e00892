package dev.portcullis.benchmark;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.UnreadableReviewException;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.testing.SilentEvents;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From request bytes to answer bytes over the recorded pod reviews, one after the other, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx256m"})
public class AdmissionBenchmark {
    private final PolicySet policies = BuiltInPolicies.set(dev.portcullis.policy.Mode.ENFORCE);
    private final Admission admission =
            new Admission(() -> policies, ClusterKnowledge.MISSING, InstantSource.system(), new SilentEvents());
    private final byte[][] reviews = RecordedReviews.pods().toArray(byte[][]::new);
    private int next;

    /** The whole way of a validating request. */
    @Benchmark
    public byte[] validate() throws UnreadableReviewException {
        return admission.validate(review());
    }

    /** The whole way of a mutating request. */
    @Benchmark
    public byte[] mutate() throws UnreadableReviewException {
        return admission.mutate(review());
    }

    /** What to compare with: the same bytes to a tree, by Jackson alone. */
    @Benchmark
    public JsonNode readTree() {
        return JsonMapper.shared().readTree(review());
    }

    private byte[] review() {
        next = (next + 1) % reviews.length;
        return reviews[next];
    }
}
