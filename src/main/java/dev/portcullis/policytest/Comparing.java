package dev.portcullis.policytest;

import dev.portcullis.check.Finding;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Messages;
import dev.portcullis.resource.PolicyTestFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells how a verdict differs from what a case expects, a line for each difference. */
final class Comparing {
    private final Verdict verdict;
    private final List<String> differences = new ArrayList<>();

    private Comparing(Verdict verdict) {
        this.verdict = verdict;
    }

    /** None where all is as expected. */
    static List<String> differences(PolicyTestFile.Expectation expected, Verdict verdict) {
        Comparing comparing = new Comparing(verdict);
        comparing.decision(expected.allowed());
        comparing.findings(expected.findings());
        comparing.warnings(expected.warnings());
        comparing.same("exempted", expected.exempted(), verdict.exempted());
        comparing.patch(expected.patch(), expected.patchIncludes());
        comparing.same("remaining", expected.remaining(), verdict.remaining());
        if (!comparing.differences.isEmpty() && !verdict.report().assumed().isEmpty()) {
            comparing.differences.add(
                    "note: the namespace is not among those of the test, so it is taken to match policy "
                            + String.join(", ", verdict.report().assumed()));
        }
        return comparing.differences;
    }

    private void decision(@Nullable Boolean allowed) {
        if (allowed != null && allowed != verdict.report().allowed()) {
            differences.add("decision: expected " + decided(allowed) + ", but was " + decided(!allowed));
        }
    }

    private static String decided(boolean allowed) {
        return allowed ? "allow" : "deny";
    }

    /** Each that is expected must be found, once or more often, and nothing else. */
    private void findings(@Nullable List<PolicyTestFile.ExpectedFinding> expected) {
        if (expected == null) {
            return;
        }
        List<Judged> found = verdict.violations();
        for (PolicyTestFile.ExpectedFinding one : expected) {
            if (found.stream().noneMatch(judged -> fits(one, judged))) {
                differences.add("findings: expected " + described(one) + ", but it was not found");
            }
        }
        for (Judged judged : found) {
            if (expected.stream().noneMatch(one -> fits(one, judged))) {
                Finding finding = judged.finding();
                differences.add("findings: not expected: " + finding.check().id() + " ("
                        + judged.mode().id() + "): " + finding.inContainer(finding.problem()));
            }
        }
    }

    private static boolean fits(PolicyTestFile.ExpectedFinding expected, Judged judged) {
        Finding finding = judged.finding();
        return expected.check().equals(finding.check().id())
                && (expected.container() == null || expected.container().equals(finding.container()))
                && (expected.path() == null || isAt(expected.path(), finding))
                && (expected.mode() == null || expected.mode() == judged.mode());
    }

    private static boolean isAt(String path, Finding finding) {
        return finding.path() != null
                && (path.equals(finding.path().pointer())
                        || path.equals(finding.path().field()));
    }

    private static String described(PolicyTestFile.ExpectedFinding expected) {
        StringBuilder text = new StringBuilder(expected.check());
        if (expected.mode() != null) {
            text.append(" (").append(expected.mode().id()).append(')');
        }
        if (expected.container() != null) {
            text.append(" in container ").append(expected.container());
        }
        if (expected.path() != null) {
            text.append(" at ").append(expected.path());
        }
        return text.toString();
    }

    /** Each text must stand in a warning, and each warning must hold one of the texts. */
    private void warnings(@Nullable List<String> expected) {
        if (expected == null) {
            return;
        }
        List<String> warnings = Messages.warnings(verdict.report());
        for (String text : expected) {
            if (warnings.stream().noneMatch(warning -> warning.contains(text))) {
                differences.add("warnings: none says " + text);
            }
        }
        for (String warning : warnings) {
            if (expected.stream().noneMatch(warning::contains)) {
                differences.add("warnings: not expected: " + warning);
            }
        }
    }

    private void same(String what, @Nullable Set<String> expected, Set<String> actual) {
        if (expected != null && !expected.equals(actual)) {
            differences.add(what + ": expected " + new TreeSet<>(expected) + ", but was " + actual);
        }
    }

    private void patch(@Nullable List<JsonNode> all, @Nullable List<JsonNode> some) {
        List<JsonNode> operations = verdict.operations();
        for (JsonNode operation : all == null ? orNone(some) : all) {
            if (!operations.contains(operation)) {
                differences.add("patch: expected " + operation + ", but it is not made");
            }
        }
        for (JsonNode operation : all == null ? List.<JsonNode>of() : without(operations, all::contains)) {
            differences.add("patch: not expected: " + operation);
        }
    }

    private static List<JsonNode> orNone(@Nullable List<JsonNode> operations) {
        return operations == null ? List.of() : operations;
    }

    private static List<JsonNode> without(Collection<JsonNode> operations, Predicate<JsonNode> known) {
        return operations.stream().filter(known.negate()).toList();
    }
}
