package dev.portcullis.history;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts what is found of many workloads. Each says in one text what is found of it, so that no finding is read to be counted: a line
 * for each check that speaks against it in a mode, with the number of findings, severity, mode and check.
 */
final class Tallies {
    private static final Comparator<WorkloadSummary.CheckTotal> MOST_FREQUENT = Comparator.comparingLong(
                    WorkloadSummary.CheckTotal::findings)
            .reversed()
            .thenComparing(WorkloadSummary.CheckTotal::check)
            .thenComparing(WorkloadSummary.CheckTotal::mode);

    private final Scope within;
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<String, Check> checks = new HashMap<>();

    /** @param within of what findings are counted */
    Tallies(Scope within) {
        this.within = within;
    }

    /**
     * The text of a workload of which this is found; leave aside. The column takes 32,768 characters: of 100 findings, each of another
     * check with the longest id that is kept, it has some 27,000.
     */
    static String write(List<WorkloadFinding> findings) {
        return findings.stream()
                .filter(WorkloadFinding::counts)
                .map(finding -> finding.severity() + " " + finding.mode() + " "
                        + finding.check().replace('\n', ' '))
                .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /**
     * Counts one more.
     *
     * @return the modes in which something speaks against it
     */
    Set<String> add(long workload, String text) {
        Set<String> modes = new HashSet<>();
        int line = 0;
        while (line < text.length()) {
            int space = text.indexOf(' ', line);
            int end = text.indexOf('\n', space) < 0 ? text.length() : text.indexOf('\n', space);
            Kind kind = kinds.computeIfAbsent(text.substring(space + 1, end), this::kind);
            if (within.counts(kind.check.id, kind.severity)) {
                kind.findings += Long.parseLong(text, line, space, 10);
                kind.workloads++;
                kind.check.speaksAgainst(workload);
                modes.add(kind.mode);
            }
            line = end + 1;
        }
        return modes;
    }

    private Kind kind(String text) {
        String[] words = text.split(" ", 3);
        return new Kind(words[0], words[1], checks.computeIfAbsent(words[2], Check::new));
    }

    /** Each check in each mode, the most frequent first. */
    List<WorkloadSummary.CheckTotal> totals() {
        return kinds.values().stream()
                .filter(kind -> kind.findings > 0)
                .map(Kind::total)
                .sorted(MOST_FREQUENT)
                .toList();
    }

    /** How many workloads each check speaks against, and the first of them. */
    Map<String, Check> checks() {
        return checks;
    }

    private static final class Kind {
        private final String severity;
        private final String mode;
        private final Check check;
        private long findings;
        private long workloads;

        private Kind(String severity, String mode, Check check) {
            this.severity = severity;
            this.mode = mode;
            this.check = check;
        }

        private WorkloadSummary.CheckTotal total() {
            return new WorkloadSummary.CheckTotal(check.id, severity, mode, findings, workloads);
        }
    }

    /** A check, which may speak against a workload in several modes. */
    static final class Check {
        private final String id;
        private long workloads;
        private long first;
        private long last;

        private Check(String id) {
            this.id = id;
        }

        private void speaksAgainst(long workload) {
            if (workloads == 0) {
                first = workload;
            } else if (workload == last) {
                return;
            }
            last = workload;
            workloads++;
        }

        long workloads() {
            return workloads;
        }

        /** The number of the first that was counted. */
        long first() {
            return first;
        }
    }
}
