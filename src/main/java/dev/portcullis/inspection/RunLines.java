package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.docker.run.RunFlags;
import dev.portcullis.docker.run.RunLine;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.EnvironmentVariable;
import dev.portcullis.workload.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A {@code docker run}, by the create body that docker would send for it. */
final class RunLines implements DocumentReader {
    /** There are fewer checks of containers than that. */
    private static final int MOST_ROUNDS = 100;

    /** How the value of a finding ends that is not told. */
    private static final String SECRET = "=" + EnvironmentVariable.REDACTED;

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
        return root == line.body();
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
     */
    static Inspection.Command mended(RunLine line, Report report, Function<RunLine, Optional<Report>> offering) {
        List<String> flags = report.findings().stream()
                .map(Judged::finding)
                .map(finding -> finding.isViolation() ? RunFlags.of(finding) : "")
                .toList();
        RunLine mended = line;
        Report after = offering.apply(line).orElse(report);
        Set<String> tried = new HashSet<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Optional<Finding> next = next(after, tried);
            if (next.isEmpty()) {
                break;
            }
            Optional<RunLine> changed = mended(mended, next.get());
            Optional<Report> found = changed.flatMap(offering);
            if (found.isPresent()) {
                mended = changed.get();
                after = found.get();
            }
        }
        return mended == line
                ? new Inspection.Command(flags, null, null)
                : new Inspection.Command(flags, mended.text(), after);
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
        if (finding.path() != null && finding.value() instanceof String value && value.endsWith(SECRET)) {
            return line.withoutValue(finding.path().pointer());
        }
        Fix fix = finding.fix();
        return fix == null ? Optional.empty() : line.mended(fix);
    }
}
