package dev.portcullis.cli;

import dev.portcullis.check.Result;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.history.HostReport;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects what a scan of a Docker host finds, as a console takes it: of what is too much, containers are left out. */
final class HostFindings implements Consumer<Inspection> {
    /** A console takes 4 MiB. */
    private static final int ROOM = 3_500_000;

    private final List<WorkloadFinding> engine = new ArrayList<>();
    private final List<HostReport.Container> containers = new ArrayList<>();
    private @Nullable String name;
    private int omitted;
    private int bytes;

    @Override
    public void accept(Inspection inspection) {
        switch (inspection) {
            case Inspection.Judged judged
            when judged.report().subject().kind().equals("Engine") -> {
                name = judged.report().subject().name();
                engine.addAll(findings(judged.report(), each -> each.finding().result() != Result.PASS));
            }
            case Inspection.Judged judged -> add(judged.report());
            case Inspection.Unreadable _ -> omitted++;
            case Inspection.NoWorkload _ -> {}
        }
    }

    private void add(Report report) {
        HostReport.Container container = new HostReport.Container(
                Objects.requireNonNullElse(report.subject().name(), "(unnamed)"),
                findings(report, each -> each.finding().isViolation()));
        int length =
                new HostReport("", "", 0, List.of(), List.of(container)).json().getBytes(StandardCharsets.UTF_8).length;
        if (containers.size() == HostReport.MOST_CONTAINERS || bytes + length > ROOM) {
            omitted++;
            return;
        }
        bytes += length;
        containers.add(container);
    }

    private static List<WorkloadFinding> findings(Report report, Predicate<Judged> told) {
        return report.findings().stream()
                .filter(told)
                .limit(HostReport.MOST_OF_ENGINE)
                .map(HostFindings::finding)
                .toList();
    }

    private static WorkloadFinding finding(Judged judged) {
        Object value = judged.finding().value();
        return WorkloadFinding.of(judged, value == null ? null : JsonPatch.node(value), null);
    }

    /**
     * All of it.
     *
     * @param host what the host is called; null for what its engine says
     * @param policies the version of those that judged
     * @param left how many containers were not looked at
     */
    HostReport report(@Nullable String host, String policies, int left) {
        String named = host == null ? name : host;
        return new HostReport(
                named == null || named.isBlank() ? "docker" : named,
                policies,
                omitted + left,
                List.copyOf(engine),
                List.copyOf(containers));
    }
}
