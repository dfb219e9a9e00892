package dev.portcullis.kubernetes;

import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Messages;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Report;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an API server is told (AdmissionReview's {@code response}), within the limits it sets. */
public final class AdmissionAnswer {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FORBIDDEN = 403;
    private static final int MOST_CAUSES = 100;
    private static final int LONGEST_ANNOTATION = 4_000;

    /** The annotation that tells which set of policies decided. */
    private static final String VERSION = "policy-version";

    private final ObjectNode response = JSON.createObjectNode();

    private AdmissionAnswer(String uid, boolean allowed) {
        response.put("uid", uid).put("allowed", allowed);
    }

    /** What was found; denied where something denies. */
    public static AdmissionAnswer of(String uid, Report report) {
        AdmissionAnswer answer = new AdmissionAnswer(uid, report.allowed());
        if (!report.allowed()) {
            answer.deny(report);
        }
        answer.warn(Messages.warnings(report));
        answer.annotate(annotations(report));
        return answer;
    }

    /** A request that is none of our business. */
    public static AdmissionAnswer unjudged(String uid) {
        return new AdmissionAnswer(uid, true);
    }

    /** A request that cannot be judged and is therefore denied. */
    public static AdmissionAnswer refused(String uid, int code, String message) {
        AdmissionAnswer answer = new AdmissionAnswer(uid, false);
        answer.status(code, Messages.clean(message));
        return answer;
    }

    /** A request to patch that is let through as it is. */
    public static AdmissionAnswer unpatched(String uid, List<String> warnings) {
        AdmissionAnswer answer = new AdmissionAnswer(uid, true);
        answer.warn(warnings);
        return answer;
    }

    /** A pod with what is changed in it, and what its policies only suggest. */
    public static AdmissionAnswer patched(String uid, PodPatch patch, Report report) {
        AdmissionAnswer answer = new AdmissionAnswer(uid, true).withPatch(patch.operations());
        answer.warn(Messages.suggestions(report));
        Map<String, String> annotations = new LinkedHashMap<>();
        if (!patch.changes().isEmpty()) {
            annotations.put("patched", list(patch.changes()));
        }
        annotations.put(VERSION, report.version());
        answer.annotate(annotations);
        return answer;
    }

    /** The same with what is to be changed. */
    public AdmissionAnswer withPatch(ArrayNode operations) {
        if (!operations.isEmpty()) {
            response.put("patchType", "JSONPatch");
            response.put("patch", Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(operations)));
        }
        return this;
    }

    /** As it goes to an API server. */
    public byte[] toBytes() {
        return toBytes(AdmissionReviewReader.API_VERSION, "AdmissionReview");
    }

    /** As it goes to whoever asked in a review of another kind. */
    public byte[] toBytes(String apiVersion, String kind) {
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        review.set("response", response);
        return JSON.writeValueAsBytes(review);
    }

    private void deny(Report report) {
        ObjectNode status = status(FORBIDDEN, Messages.denial(report));
        ArrayNode causes = status.putObject("details").putArray("causes");
        report.violations(Mode.ENFORCE).stream()
                .limit(MOST_CAUSES)
                .forEach(judged -> cause(causes.addObject(), judged));
    }

    private static void cause(ObjectNode cause, Judged judged) {
        cause.put("reason", judged.finding().check().id());
        cause.put("message", Messages.clean(judged.finding().message()));
        if (judged.finding().path() != null) {
            cause.put("field", Messages.clean(judged.finding().path().field()));
        }
    }

    private ObjectNode status(int code, String message) {
        return response.putObject("status")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason(code))
                .put("code", code);
    }

    private static String reason(int code) {
        return switch (code) {
            case 400 -> "BadRequest";
            case FORBIDDEN -> "Forbidden";
            case 408 -> "Timeout";
            case 413 -> "RequestEntityTooLarge";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            default -> "InternalError";
        };
    }

    private void warn(List<String> warnings) {
        if (!warnings.isEmpty()) {
            ArrayNode array = response.putArray("warnings");
            warnings.forEach(warning -> array.add(Messages.warning(warning)));
        }
    }

    private void annotate(Map<String, String> annotations) {
        ObjectNode object = response.putObject("auditAnnotations");
        annotations.forEach(object::put);
    }

    private static Map<String, String> annotations(Report report) {
        Map<String, String> annotations = new LinkedHashMap<>();
        List<Policy> policies = report.policies();
        annotations.put(
                "policy",
                policies.isEmpty()
                        ? "none"
                        : join(policies.stream().map(Policy::name).toList()));
        if (!policies.isEmpty()) {
            annotations.put(
                    "profile",
                    join(policies.stream()
                            .map(p -> p.profile().id() + ":" + p.version())
                            .toList()));
        }
        for (Mode mode : List.of(Mode.ENFORCE, Mode.WARN, Mode.AUDIT)) {
            Set<String> failed = new TreeSet<>();
            report.violations(mode)
                    .forEach(judged -> failed.add(judged.finding().check().id()));
            if (!failed.isEmpty()) {
                annotations.put("failed-" + mode.id(), list(failed));
            }
        }
        Set<String> exempted = new TreeSet<>();
        report.exempted().forEach(judged -> exempted.add(exempted(judged)));
        if (!exempted.isEmpty()) {
            annotations.put("exempted", list(exempted));
        }
        annotations.put(VERSION, report.version());
        return annotations;
    }

    /** In so far as there is room: policies may have any number of rules and exemptions. */
    private static String list(Collection<String> names) {
        StringBuilder list = new StringBuilder();
        int told = 0;
        for (String name : names) {
            if (list.length() + name.length() > LONGEST_ANNOTATION) {
                return list.append(" and ")
                        .append(names.size() - told)
                        .append(" more")
                        .toString();
            }
            list.append(told++ == 0 ? "" : ",").append(name);
        }
        return list.toString();
    }

    private static String exempted(Judged judged) {
        String leave = Objects.requireNonNull(judged.exemption()).id();
        return judged.finding().check().id() + "=" + leave;
    }

    private static String join(List<String> names) {
        return names.stream().distinct().collect(Collectors.joining(","));
    }
}
