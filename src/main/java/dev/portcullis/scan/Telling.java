package dev.portcullis.scan;

import dev.portcullis.check.Result;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import java.util.List;
import java.util.function.Consumer;

/** Tells of what a survey finds in the form of inspections, once each. */
record Telling(String source, boolean all, Consumer<Inspection> inspections) implements Told {
    @Override
    public void judged(Surveyed surveyed) {
        Report report = surveyed.report();
        inspections.accept(Inspection.Judged.of(source, surveyed.object(), all ? report : withoutPasses(report)));
    }

    private static Report withoutPasses(Report report) {
        List<Judged> told = report.findings().stream()
                .filter(judged -> judged.finding().result() != Result.PASS)
                .toList();
        return new Report(report.subject(), report.policies(), told, report.assumed(), report.version());
    }

    @Override
    public void gone(ObjectKey key) {
        // it was there when it was told of
    }

    @Override
    public void unreadable(ObjectKey key, String problem) {
        inspections.accept(new Inspection.Unreadable(source, null, key + ": " + problem, false));
    }
}
