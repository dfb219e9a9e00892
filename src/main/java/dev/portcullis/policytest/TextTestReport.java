package dev.portcullis.policytest;

import dev.portcullis.document.Position;
import dev.portcullis.policytest.TestResult.CaseResult;
import dev.portcullis.policytest.TestResult.Outcome;
import dev.portcullis.workload.Printable;
import java.io.PrintWriter;

/** The table a person reads: a line for each case, below it one for each difference, the count at the end. */
public final class TextTestReport implements TestReport {
    private static final int LONGEST = 500;

    private final PrintWriter out;
    private int cases;
    private int failed;
    private int unreadable;

    /** Writes one. */
    public TextTestReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void add(TestResult result) {
        out.println(Printable.text(result.source(), LONGEST));
        result.errors().forEach(error -> out.println("  error  " + Printable.text(error.toString(), LONGEST)));
        result.cases().forEach(this::add);
        out.println();
        cases += result.cases().size();
        failed += result.count(Outcome.FAILED);
        unreadable += result.count(Outcome.UNREADABLE) + result.errors().size();
    }

    private void add(CaseResult one) {
        Position place = one.place();
        String line = one.outcome() == Outcome.PASSED || place == null ? "" : "line " + place.line() + ": ";
        out.println(String.format("  %-5s  %s", one.outcome().id(), line + Printable.text(one.name(), LONGEST)));
        one.lines().forEach(text -> out.println("           " + Printable.text(text, LONGEST)));
    }

    @Override
    public void end() {
        out.println(cases + (cases == 1 ? " case" : " cases") + ", " + failed + " failed"
                + (unreadable == 0 ? "" : ", " + unreadable + " unreadable"));
        out.flush();
    }
}
