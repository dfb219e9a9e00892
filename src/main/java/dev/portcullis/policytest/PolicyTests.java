package dev.portcullis.policytest;

import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyError;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.resource.PolicyTestFile;
import dev.portcullis.resource.PolicyTestReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs the test that a file holds. */
public final class PolicyTests {
    private PolicyTests() {}

    /**
     * What comes of a file.
     *
     * @param file from whose folder on it names others
     * @return empty where it holds no test
     */
    public static Optional<TestResult> run(Path file, byte[] text, InstantSource clock) {
        try {
            return PolicyTestReader.read(file.toString(), text).map(test -> run(file, test, clock));
        } catch (PolicyException wrong) {
            return Optional.of(TestResult.unreadable(file.toString(), wrong.errors()));
        }
    }

    private static TestResult run(Path file, PolicyTestFile test, InstantSource clock) {
        TestFolder folder = new TestFolder(file);
        Instant now = test.now() == null ? clock.instant() : test.now();
        try {
            List<Path> paths = test.policies().stream().map(folder::path).toList();
            PolicySet policies = PolicyFiles.read(paths, Set.of());
            ClusterKnowledge namespaces = folder.namespaces(test.namespaces());
            Judging judging = new Judging(folder, policies, namespaces, InstantSource.fixed(now));
            List<TestResult.CaseResult> cases = new ArrayList<>();
            test.cases().forEach(one -> cases.add(run(one, judging)));
            return new TestResult(file.toString(), cases, List.of());
        } catch (PolicyException wrong) {
            return TestResult.unreadable(file.toString(), wrong.errors());
        } catch (UnreadableResourceException wrong) {
            return TestResult.unreadable(
                    file.toString(), List.of(new PolicyError(file.toString(), null, wrong.getMessage())));
        }
    }

    private static TestResult.CaseResult run(PolicyTestFile.Case asked, Judging judging) {
        try {
            List<String> differences = Comparing.differences(asked.expectation(), judging.judge(asked));
            TestResult.Outcome outcome = differences.isEmpty() ? TestResult.Outcome.PASSED : TestResult.Outcome.FAILED;
            return new TestResult.CaseResult(asked.name(), asked.place(), outcome, differences);
        } catch (UnreadableResourceException unreadable) {
            return new TestResult.CaseResult(
                    asked.name(), asked.place(), TestResult.Outcome.UNREADABLE, List.of(unreadable.getMessage()));
        }
    }
}
