package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.docker.run.RunFlags;
import dev.portcullis.docker.run.RunLine;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.EnvironmentVariable;
import dev.portcullis.workload.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A {@code docker run}, by the create body that docker would send for it. */
final class RunLines implements DocumentReader {
    /** There are fewer checks of containers than that. */
    private static final int MOST_ROUNDS = 100;

    /** Characters that are read in all rounds: some twenty of the longest commands. */
    private static final int MOST_READ = 20 * (32 << 10);

    /** How the value of a finding ends that is not told. */
    private static final String SECRET = "=" + EnvironmentVariable.REDACTED;

    /** Asks for secrets, among all else. */
    static final PolicySet SEARCHING = PolicySet.alone("hardened", null);

    /** Judges a command. */
    @FunctionalInterface
    interface Judge {
        /** What is found; empty where an engine would not take it. */
        Optional<Report> judge(RunLine line);
    }

    private final RunLine line;

    RunLines(RunLine line) {
        this.line = line;
    }

    @Override
    public String kind() {
        return CreateBodies.KIND;
    }

    @Override
    public boolean recognizes(JsonNode root) {
        return root.equals(line.body());
    }

    @Override
    public List<Item> read(JsonNode root) {
        try {
            return List.of(new Found(FieldPath.ROOT, line.workload(), Patching.NEVER));
        } catch (MalformedBodyException malformed) {
            return List.of(new Malformed(malformed.path(), String.valueOf(malformed.getMessage())));
        }
    }

    /**
     * How a command is said, and the same with all that is found mended as far as flags can.
     *
     * @param report what is found of it
     * @param offering what is found of a command with all fixes that there are
     * @param searching what is found of one by whoever looks for secrets
     */
    static Inspection.Command mended(RunLine line, Report report, Judge offering, Judge searching) {
        List<String> flags = report.findings().stream()
                .map(Judged::finding)
                .map(finding -> finding.isViolation() ? RunFlags.of(finding) : "")
                .toList();
        RunLine mended = line;
        Report after = offering.judge(line).orElse(report);
        Set<String> tried = new HashSet<>();
        int rounds = Math.min(MOST_ROUNDS, MOST_READ / line.text().length());
        for (int round = 0; round < rounds; round++) {
            Optional<Finding> next = next(after, tried);
            if (next.isEmpty()) {
                break;
            }
            Optional<RunLine> changed =
                    isSecret(next.get()) ? withoutSecrets(mended, after) : mended(mended, next.get());
            Optional<Report> found = changed.flatMap(offering::judge);
            if (found.isPresent()) {
                mended = changed.get();
                after = found.get();
            }
        }
        Optional<RunLine> shown = mended == line ? Optional.empty() : shown(mended, searching);
        return shown.isEmpty()
                ? new Inspection.Command(flags, null, null)
                : new Inspection.Command(
                        flags, shown.get().text(), offering.judge(shown.get()).orElse(after));
    }

    /** What is shown holds no secret, whether or not a policy asks for that. */
    private static Optional<RunLine> shown(RunLine mended, Judge searching) {
        return searching.judge(mended).flatMap(found -> withoutSecrets(mended, found));
    }

    /** All at once, since a command may hold as many as flags. */
    private static Optional<RunLine> withoutSecrets(RunLine line, Report found) {
        return line.withoutValues(found.findings().stream()
                .map(Judged::finding)
                .filter(finding -> finding.path() != null && isSecret(finding))
                .map(finding -> finding.path().pointer())
                .toList());
    }

    private static boolean isSecret(Finding finding) {
        return finding.value() instanceof String value && value.endsWith(SECRET);
    }

    /** What was not tried to be mended yet. */
    private static Optional<Finding> next(Report report, Set<String> tried) {
        return report.findings().stream()
                .filter(judged -> judged.exemption() == null)
                .map(Judged::finding)
                .filter(Finding::isViolation)
                .filter(finding -> tried.add(finding.identity() + "\0" + finding.path()))
                .findFirst();
    }

    private static Optional<RunLine> mended(RunLine line, Finding finding) {
        Fix fix = finding.fix();
        return fix == null ? Optional.empty() : line.mended(fix);
    }
}
