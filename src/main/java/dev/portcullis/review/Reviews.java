package dev.portcullis.review;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import dev.portcullis.inspection.JsonReport;
import dev.portcullis.inspection.Premises;
import dev.portcullis.inspection.ReportWriter;
import dev.portcullis.inspection.SarifReport;
import dev.portcullis.inspection.Tally;
import dev.portcullis.inspection.TextReport;
import dev.portcullis.inspection.YamlReport;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.workload.ImageDigests;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Dry runs by the policies in force, or by what the query names instead. */
public final class Reviews implements ReviewService {
    private static final int MOST_DOCUMENTS = 500;
    private static final int MOST_FINDINGS = 10_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<PolicySet> policies;
    private final Premises premises;
    private final ContainerReviews containers;

    /**
     * Dry runs.
     *
     * @param policies those in force
     * @param premises what is known beside what is sent
     * @param digests what is known of where tags point to those who decide
     * @param events who wants to know what containers get
     */
    public Reviews(Supplier<PolicySet> policies, Premises premises, ImageDigests digests, ContainerEvents events) {
        this.policies = policies;
        this.premises = premises;
        this.containers = new ContainerReviews(policies, digests, premises.clock(), events);
    }

    @Override
    public Answer review(byte[] body, Query query) throws UnreadableInputException {
        List<Inspection> inspections = inspect(inspector(query), body);
        Tally tally = Tally.of(inspections);
        if (tally.findings() > MOST_FINDINGS) {
            throw new UnreadableInputException(413, "more than " + MOST_FINDINGS + " findings: send less at once");
        }
        StringWriter text = new StringWriter();
        ReportWriter report = report(query, new PrintWriter(text));
        inspections.forEach(report::add);
        report.end(tally);
        return new Answer(200, query.accept().mediaType(), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ReportWriter report(Query query, PrintWriter out) {
        return switch (query.accept()) {
            case JSON -> new JsonReport(out, JSON);
            case YAML -> new YamlReport(out);
            case TEXT -> new TextReport(out, TextReport.Paint.PLAIN, query.all());
            case SARIF -> new SarifReport(out, JSON);
        };
    }

    @Override
    public byte[] containerReview(byte[] body) throws UnreadableInputException {
        return containers.answer(body);
    }

    @Override
    public byte[] refuseContainer(byte[] head, int code, String message) throws UnreadableInputException {
        return containers.refuse(head, code, message);
    }

    private Inspector inspector(Query query) throws UnreadableInputException {
        PolicySet chosen = chosen(query);
        try {
            return new Inspector(chosen, query.kind(), query.all(), premises);
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableInputException(String.valueOf(unknown.getMessage()));
        }
    }

    private static List<Inspection> inspect(Inspector inspector, byte[] body) throws UnreadableInputException {
        List<Inspection> inspections;
        try {
            inspections = inspector.inspect(null, body, MOST_DOCUMENTS);
        } catch (UnreadableException unreadable) {
            int status = unreadable.isTooManyDocuments() ? 413 : 400;
            throw new UnreadableInputException(status, String.valueOf(unreadable.getMessage()));
        }
        if (inspections.stream().allMatch(Reviews::isUnknown)) {
            throw new UnreadableInputException(
                    "this is no Kubernetes object, no container-create body, no docker run and no Dockerfile: send a Pod, a"
                            + " controller, a List, an AdmissionReview, the JSON of docker's create request, a docker run"
                            + " command, a Dockerfile or what docker inspect prints");
        }
        if (inspections.stream().allMatch(Reviews::isNoText)
                && inspections.getFirst() instanceof Inspection.Unreadable first) {
            throw new UnreadableInputException(first.error());
        }
        return inspections;
    }

    private static boolean isNoText(Inspection inspection) {
        return inspection instanceof Inspection.Unreadable unreadable && unreadable.text();
    }

    private static boolean isUnknown(Inspection inspection) {
        return inspection instanceof Inspection.NoWorkload none && none.kind() == null;
    }

    private PolicySet chosen(Query query) throws UnreadableInputException {
        if (query.profile() != null) {
            if (query.policy() != null) {
                throw new UnreadableInputException("give profile= or policy=, not both");
            }
            try {
                return PolicySet.alone(query.profile(), query.version());
            } catch (IllegalArgumentException unknown) {
                throw new UnreadableInputException(String.valueOf(unknown.getMessage()));
            }
        }
        if (query.version() != null) {
            throw new UnreadableInputException("version= needs profile= beside it");
        }
        PolicySet inForce = policies.get();
        if (query.policy() == null) {
            return inForce;
        }
        List<Policy> named = inForce.policies().stream()
                .filter(policy -> policy.name().equals(query.policy()))
                .toList();
        if (named.isEmpty()) {
            String names = String.join(", ", inForce.names());
            throw new UnreadableInputException("no such policy is loaded; loaded: " + names);
        }
        return inForce.only(named);
    }
}
