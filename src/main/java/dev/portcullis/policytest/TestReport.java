package dev.portcullis.policytest;

/** Tells what came of tests, file by file. */
public interface TestReport {
    /** One more file. */
    void add(TestResult result);

    /** There are no more. */
    void end();
}
