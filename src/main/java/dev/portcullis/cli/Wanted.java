package dev.portcullis.cli;

import dev.portcullis.check.Fix;
import dev.portcullis.policy.Judged;
import dev.portcullis.rewrite.Change;
import dev.portcullis.workload.Edit;
import java.util.List;

/** A fix that is to be made. */
record Wanted(Key key, Change change) {
    /**
     * What tells a fix apart while its text changes.
     *
     * @param subject the number of what it is for among all that the text holds
     * @param edits none where a finding has no fix
     */
    record Key(int subject, List<Edit> edits) {
        /** That of a finding's fix. */
        static Key of(int subject, Judged judged) {
            Fix fix = judged.finding().fix();
            return new Key(subject, fix == null ? List.of() : fix.edits());
        }
    }

    int subject() {
        return key.subject();
    }
}
