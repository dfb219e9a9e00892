package dev.portcullis.check;

import dev.portcullis.workload.Edit;
import java.util.List;

/** The change that would make a finding pass. */
public record Fix(Reach reach, List<Edit> edits) {
    /** How far a fix goes, and so who has to want it. */
    public enum Reach {
        /** It fills in what is absent and breaks nothing that worked within the rules: nobody is asked. */
        SAFE,
        /** It fills in what is absent and may change behaviour: somebody has to want it. */
        OPTIONAL,
        /** It writes over what somebody has written: a policy has to say so. */
        OVERWRITING
    }

    /** A fix that may be applied without asking. */
    public static Fix safe(Edit... edits) {
        return new Fix(Reach.SAFE, List.of(edits));
    }

    /** A fix that somebody has to want. */
    public static Fix optional(Edit... edits) {
        return new Fix(Reach.OPTIONAL, List.of(edits));
    }

    /** A fix that a policy has to allow. */
    public static Fix overwriting(Edit... edits) {
        return new Fix(Reach.OVERWRITING, List.of(edits));
    }

    /** Whether it may be applied without asking. */
    public boolean safe() {
        return reach == Reach.SAFE;
    }

    /** Whether it writes over what somebody has written. */
    public boolean overwrites() {
        return reach == Reach.OVERWRITING;
    }
}
