package dev.portcullis.engine;

import dev.portcullis.check.Finding;
import dev.portcullis.docker.run.RunFlags;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a user of {@code docker} reads who is denied: field, check and the flags that would pass, on one line. */
final class Denial {
    private static final int LONGEST = 500;
    private static final int LONGEST_PART = 300;
    /** Room for how many more there are. */
    private static final int RESERVE = 20;

    private Denial() {}

    /** All that denies, or as much of it as there is room for; what no flag adds comes first, for that is what was asked. */
    static String message(Report report) {
        List<String> parts = parts(report.violations(Mode.ENFORCE));
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            if (message.length() + parts.get(i).length() > LONGEST - RESERVE) {
                return message.append("; and ")
                        .append(parts.size() - i)
                        .append(" more")
                        .toString();
            }
            message.append(i == 0 ? "" : "; ").append(parts.get(i));
        }
        return message.toString();
    }

    private static List<String> parts(List<Judged> violations) {
        Map<String, List<Finding>> byField = new LinkedHashMap<>();
        for (Judged judged : violations) {
            Finding finding = judged.finding();
            String field =
                    finding.path() == null ? finding.message() : finding.path().pointer();
            byField.computeIfAbsent(field, key -> new ArrayList<>()).add(finding);
        }
        List<String> asked = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (List<Finding> findings : byField.values()) {
            boolean added =
                    findings.stream().anyMatch(finding -> RunFlags.of(finding).startsWith(RunFlags.ADD));
            (added ? missing : asked).add(part(findings));
        }
        asked.addAll(missing);
        return asked;
    }

    /** What stands against one field. */
    private static String part(List<Finding> findings) {
        Finding first = findings.getFirst();
        String checks = findings.stream()
                .map(finding -> finding.check().id())
                .distinct()
                .collect(Collectors.joining(", ", " (", ")"));
        String flags = findings.stream()
                .map(RunFlags::of)
                .filter(said -> !said.isEmpty())
                .min(Comparator.comparing(said -> !said.startsWith(RunFlags.ADD)))
                .orElse("");
        String text = flags.isEmpty() || first.path() == null
                ? first.message() + checks
                : first.path().field() + checks + ": " + flags;
        return Printable.text(text, LONGEST_PART);
    }

    /** One sentence on one line. */
    static String sentence(String text) {
        return Printable.text(text, LONGEST - 1);
    }
}
