package dev.portcullis.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Tells at the end of a run what was skipped and why, which Surefire keeps to its report files. */
public final class SkipSummary implements TestExecutionListener {
    private final Map<String, TreeSet<String>> skippedByReason = new TreeMap<>();

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        skippedByReason.computeIfAbsent(reason, key -> new TreeSet<>()).add(test.getLegacyReportingName());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            executionSkipped(
                    test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        skippedByReason.forEach((reason, tests) -> System.out.println(
                "skipped: " + String.join(", ", tests) + System.lineSeparator() + "  because " + reason));
        skippedByReason.clear();
    }
}
