package dev.portcullis.cli;

import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.Judged;
import java.util.List;

/** A text and what is found in it. */
record Draft(String text, List<Inspection> inspections) {
    /** What speaks against one of the things in it. */
    List<Judged> violations(int subject) {
        return inspections.get(subject) instanceof Inspection.Judged judged
                ? judged.report().findings().stream().filter(Judged::counts).toList()
                : List.of();
    }
}
