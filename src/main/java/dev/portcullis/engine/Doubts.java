package dev.portcullis.engine;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.check.Severity;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.ClosedRoute;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What speaks against a request beside the checks: each policy that covers it says so in the strictest of its modes. */
final class Doubts {
    private static final CheckInfo ROUTE = new CheckInfo(
            "engine-route",
            1,
            Severity.CRITICAL,
            "Is the route one that can be judged?",
            "What a gate does not see, or does not know, it cannot judge.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "the route"),
            List.of(),
            List.of());

    private static final CheckInfo KNOWLEDGE = new CheckInfo(
            "engine-knowledge",
            1,
            Severity.CRITICAL,
            "Does the engine tell what has to be known?",
            "Images, volumes and containers that are only named are judged by what the engine says of them.",
            null,
            Fields.in(Form.CONTAINER, "images, volumes and other containers").and(Form.ENGINE_REQUEST, "the container"),
            List.of(),
            List.of());

    private Doubts() {}

    /** Whether a policy that covers the subject opens a route. */
    static boolean isOpen(ClosedRoute route, Subject subject, PolicySet policies, Circumstances circumstances) {
        return policies.policies().stream()
                .anyMatch(policy -> policy.opens(route) && policy.covers(subject, circumstances));
    }

    /** A route that no policy opens. */
    static Report closed(ClosedRoute route, Subject subject, PolicySet policies, Circumstances circumstances) {
        Finding finding = finding(
                ROUTE,
                Result.FAIL,
                subject.name() + " is closed, for no gate sees all that it brings",
                "a policy opens it by docker: {open: [" + route.id() + "]}");
        return report(finding, subject, policies, circumstances);
    }

    /** A route that is not known. */
    static Report unknown(Subject subject, PolicySet policies, Circumstances circumstances) {
        Finding finding =
                finding(ROUTE, Result.FAIL, subject.name() + " is no request that this gate knows", "it is denied");
        return report(finding, subject, policies, circumstances);
    }

    /** A container whose engine does not answer. */
    static Report unanswered(
            EngineUnavailableException why, Subject subject, PolicySet policies, Circumstances circumstances) {
        Finding finding = finding(KNOWLEDGE, Result.ERROR, "the engine " + why.sentence(), "try again");
        return report(finding, subject, policies, circumstances);
    }

    /** What was found and, behind it, what was found besides. */
    static Report together(Report report, Report besides) {
        List<Judged> findings = new ArrayList<>(report.findings());
        findings.addAll(0, besides.findings());
        return new Report(report.subject(), report.policies(), findings, report.assumed(), report.version());
    }

    private static Finding finding(CheckInfo check, Result result, String state, String remedy) {
        return new Finding(check, result, null, null, null, state, remedy, null);
    }

    private static Report report(Finding finding, Subject subject, PolicySet policies, Circumstances circumstances) {
        List<Policy> covering = policies.policies().stream()
                .filter(policy -> policy.covers(subject, circumstances))
                .toList();
        List<Judged> judged = covering.stream()
                .map(policy -> new Judged(finding, policy, policy.strictest(), false))
                .toList();
        // One finding is enough to be read; it is that of the strictest policy.
        List<Judged> strictest = judged.stream()
                .max(Comparator.comparing(Judged::mode))
                .map(List::of)
                .orElse(List.of());
        return new Report(subject, covering, strictest, List.of(), policies.version());
    }
}
