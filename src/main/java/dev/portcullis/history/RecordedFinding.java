package dev.portcullis.history;

import dev.portcullis.check.Finding;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Judged;
import org.jspecify.annotations.Nullable;

/**
 * What spoke against a subject, as the history keeps it.
 *
 * @param result {@code fail} or {@code error}
 * @param container null where it concerns the whole workload
 * @param field null where there is no such place
 * @param exemption namespace and name of what gave leave for it, null where nothing did
 */
public record RecordedFinding(
        String check,
        String result,
        String mode,
        String severity,
        String policy,
        @Nullable String container,
        @Nullable String field,
        String message,
        @Nullable String exemption) {
    private static final int LONGEST_FIELD = 512;
    private static final int LONGEST_MESSAGE = 512;
    private static final int LONGEST_WORD = 8;

    /** Cuts what is longer than the history keeps. */
    public RecordedFinding {
        check = Kept.text(check);
        result = Kept.text(result, LONGEST_WORD);
        mode = Kept.text(mode, LONGEST_WORD);
        severity = Kept.text(severity, LONGEST_WORD);
        policy = Kept.text(policy);
        container = Kept.textOrNull(container);
        field = field == null ? null : Kept.text(field, LONGEST_FIELD);
        message = Kept.text(message, LONGEST_MESSAGE);
        exemption = exemption == null ? null : Kept.text(exemption, LONGEST_FIELD);
    }

    static RecordedFinding of(Judged judged) {
        Finding finding = judged.finding();
        Exemption leave = judged.exemption();
        return new RecordedFinding(
                finding.check().id(),
                finding.result().id(),
                judged.mode().id(),
                finding.check().severity().id(),
                judged.policy().name(),
                finding.container(),
                finding.path() == null ? null : finding.path().field(),
                finding.message(),
                leave == null ? null : leave.id());
    }

    /** Whether it counts against its subject. */
    boolean counts() {
        return exemption == null;
    }
}
