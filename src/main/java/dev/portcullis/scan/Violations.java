package dev.portcullis.scan;

import dev.portcullis.check.Finding;
import dev.portcullis.cluster.Fingerprint;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What speaks against a workload, wherever in its object the pod stands, as numbers that can be compared and kept. */
final class Violations {
    static final Violations NONE = new Violations(new long[0]);

    private final long[] sorted;

    private Violations(long[] sorted) {
        this.sorted = sorted;
    }

    /** @param place the members that lead to the pod */
    static Violations of(Report report, List<String> place) {
        int depth = String.join(".", place).length();
        long[] sorted = report.findings().stream()
                .filter(Judged::counts)
                .mapToLong(judged -> identity(judged, depth))
                .sorted()
                .toArray();
        return sorted.length == 0 ? NONE : new Violations(sorted);
    }

    private static long identity(Judged judged, int depth) {
        Finding finding = judged.finding();
        String shape = finding.path() == null ? "" : finding.path().shape();
        String within = shape.length() > depth ? shape.substring(depth == 0 ? 0 : depth + 1) : shape;
        return Fingerprint.of(
                finding.check().id(),
                judged.policy().name(),
                String.valueOf(finding.container()),
                within,
                String.valueOf(finding.value()),
                finding.state());
    }

    /** Whether all of the others are among these. */
    boolean holds(Violations others) {
        return others == this
                || LongStream.of(others.sorted).allMatch(violation -> Arrays.binarySearch(sorted, violation) >= 0);
    }

    /** The same, or others that are equal, so that they are kept once. */
    Violations shared(@Nullable Violations others) {
        return others != null && Arrays.equals(sorted, others.sorted) ? others : this;
    }
}
