package dev.portcullis.check;

import dev.portcullis.workload.Edit;
import java.util.List;

/**
 * The change that would make a finding pass.
 *
 * @param safe whether it may be applied without asking: it fills in what is absent and breaks nothing that worked within
 *     the rules
 */
public record Fix(boolean safe, List<Edit> edits) {
    /** A fix that may be applied without asking. */
    public static Fix safe(Edit... edits) {
        return new Fix(true, List.of(edits));
    }

    /** A fix that somebody has to want, because it may change behaviour. */
    public static Fix optional(Edit... edits) {
        return new Fix(false, List.of(edits));
    }
}
