package dev.portcullis.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.check.Severity;
import dev.portcullis.policy.Judged;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * What speaks against a workload that runs.
 *
 * @param result {@code fail} or {@code error}
 * @param container null where it concerns the whole workload
 * @param field null where there is no such place
 * @param value what is written there; null where nothing is
 * @param message what is wrong and what to do about it
 * @param fix JSON Patch operations from the object's root that mend it; null where there are none, or too many to keep
 * @param exemption namespace and name of what gave leave for it, null where nothing did
 * @param since when it was first found there, by whatever policy and in whatever mode; null where no history says so
 */
public record WorkloadFinding(
        String check,
        String result,
        String mode,
        String severity,
        String policy,
        @Nullable String container,
        @Nullable String field,
        @Nullable JsonNode value,
        String message,
        @Nullable JsonNode fix,
        @Nullable String exemption,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant since) {
    private static final List<String> SEVERITIES = Stream.of(
                    Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
            .map(Severity::id)
            .toList();

    private static final int LONGEST_VALUE = 1024;
    private static final int LONGEST_FIX = 2048;
    private static final int LONGEST_OF_LONG = 250;

    /** One that was just found. */
    public WorkloadFinding(
            String check,
            String result,
            String mode,
            String severity,
            String policy,
            @Nullable String container,
            @Nullable String field,
            @Nullable JsonNode value,
            String message,
            @Nullable JsonNode fix,
            @Nullable String exemption) {
        this(check, result, mode, severity, policy, container, field, value, message, fix, exemption, null);
    }

    /** Cuts what is longer than the history keeps. */
    public WorkloadFinding {
        RecordedFinding kept =
                new RecordedFinding(check, result, mode, severity, policy, container, field, message, exemption);
        check = kept.check();
        policy = kept.policy();
        container = kept.container();
        field = kept.field();
        message = kept.message();
        exemption = kept.exemption();
        value = value == null || value.isNull() ? null : shortened(value);
        fix = fix == null || fix.isNull() || fix.toString().length() > LONGEST_FIX ? null : fix;
    }

    private static JsonNode shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_VALUE ? value : StringNode.valueOf(Kept.text(text, LONGEST_OF_LONG));
    }

    /** What a policy made of something that was found. */
    public static WorkloadFinding of(Judged judged, @Nullable JsonNode value, @Nullable JsonNode fix) {
        RecordedFinding found = RecordedFinding.of(judged);
        return new WorkloadFinding(
                found.check(),
                found.result(),
                found.mode(),
                found.severity(),
                found.policy(),
                found.container(),
                found.field(),
                value,
                found.message(),
                fix,
                found.exemption());
    }

    /** The same of which it is known since when it is there. */
    WorkloadFinding since(Instant first) {
        return new WorkloadFinding(
                check, result, mode, severity, policy, container, field, value, message, fix, exemption, first);
    }

    /** Where it is found. */
    Spot spot() {
        return new Spot(check, container, field);
    }

    /** A check and a place of a workload. */
    record Spot(
            String check,
            @Nullable String container,
            @Nullable String field) {}

    /** How grave it is, 4 for critical to 1 for low; 0 for anything else. */
    int rank() {
        return SEVERITIES.indexOf(severity) + 1;
    }

    /** Whether it counts against its workload. */
    boolean counts() {
        return exemption == null;
    }
}
