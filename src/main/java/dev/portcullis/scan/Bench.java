package dev.portcullis.scan;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.inspection.BenchComparison;
import dev.portcullis.inspection.BenchComparison.Line;
import dev.portcullis.inspection.BenchComparison.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts findings under the numbers of docker-bench-security 1.6: each number once, however many containers it is asked of, and
 * a warning where one of them fails. Of containers it counts what profile hardened finds, so that the score says the same
 * whatever the policy.
 */
final class Bench {
    /** Of its checks of containers those that ask what one of ours asks, in its order. */
    private static final List<Entry> CONTAINERS = List.of(
            new Entry("4.1", "run-as-user"),
            new Entry("5.2", "apparmor-profile"),
            new Entry("5.3", "selinux-options"),
            new Entry("5.4", "capabilities-added"),
            new Entry("5.5", "privileged"),
            new Entry("5.6", "sensitive-host-paths"),
            new Entry("5.8", "host-ports"),
            new Entry("5.10", "host-network"),
            new Entry("5.11", "memory-limit"),
            new Entry("5.12", "cpu-limit"),
            new Entry("5.13", "read-only-root-filesystem"),
            new Entry("5.14", "host-interface"),
            new Entry("5.15", "restart-policy"),
            new Entry("5.16", "host-pid"),
            new Entry("5.17", "host-ipc"),
            new Entry("5.18", "devices"),
            new Entry("5.19", "ulimits"),
            new Entry("5.20", "mount-propagation"),
            new Entry("5.21", "host-uts"),
            new Entry("5.22", "seccomp-profile"),
            new Entry("5.25", "cgroup-parent"),
            new Entry("5.26", "no-new-privileges"),
            new Entry("5.27", "healthcheck"),
            new Entry("5.28", "image-tag"),
            new Entry("5.29", "pids-limit"),
            new Entry("5.31", "user-namespace"),
            new Entry("5.32", "runtime-socket"));

    /** Those that it tells and does not count. */
    private static final Set<String> UNSCORED = Set.of("5.18", "5.19", "5.28");

    /** What neither findings nor the engine's rows have a number for. */
    private static final List<String> NEVER = List.of(
            "1", "2.11", "3", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.11", "4.12", "5.7",
            "5.9", "5.23", "5.24", "5.30", "6", "7");

    private final Map<String, Set<Result>> byCheck = new HashMap<>();

    private record Entry(String id, String check) {}

    void add(Finding finding) {
        byCheck.computeIfAbsent(finding.check().id(), id -> EnumSet.noneOf(Result.class))
                .add(finding.result());
    }

    BenchComparison comparison() {
        List<Line> lines = new ArrayList<>();
        List<String> unjudged = new ArrayList<>(NEVER);
        for (EngineRow row : EngineRows.ALL) {
            if (row.bench() != null) {
                judge(row.bench(), row.info().id(), row.scored(), lines, unjudged);
            }
        }
        for (Entry entry : CONTAINERS) {
            judge(entry.id(), entry.check(), !UNSCORED.contains(entry.id()), lines, unjudged);
        }
        lines.sort((one, other) -> compare(one.id(), other.id()));
        unjudged.sort(Bench::compare);
        return new BenchComparison(List.copyOf(lines), List.copyOf(unjudged));
    }

    private void judge(String id, String check, boolean scored, List<Line> lines, List<String> unjudged) {
        Set<Result> results = byCheck.getOrDefault(check, Set.of());
        if (results.contains(Result.FAIL)) {
            lines.add(new Line(id, scored ? Outcome.WARN : Outcome.INFO, scored));
        } else if (results.contains(Result.PASS)) {
            lines.add(new Line(id, Outcome.PASS, scored));
        } else {
            unjudged.add(id);
        }
    }

    /** Part by part as numbers: 2.9 before 2.10. */
    private static int compare(String one, String other) {
        return Double.compare(order(one), order(other));
    }

    private static double order(String id) {
        String[] parts = id.split("\\.", 2);
        return Integer.parseInt(parts[0]) + (parts.length == 1 ? 0 : Integer.parseInt(parts[1]) / 1000.0);
    }
}
