package dev.portcullis.cli;

import dev.portcullis.check.Finding;
import dev.portcullis.document.Position;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.Judged;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where findings that are left stand in a text as it was before it was fixed. */
final class OriginalPlaces {
    private final Inspection.@Nullable Judged before;
    private final Map<String, Finding> found = new HashMap<>();

    private OriginalPlaces(Inspection.@Nullable Judged before) {
        this.before = before;
    }

    static OriginalPlaces of(Inspection inspection) {
        OriginalPlaces places = new OriginalPlaces(inspection instanceof Inspection.Judged judged ? judged : null);
        if (places.before != null) {
            for (Judged judged : places.before.report().findings()) {
                places.found.putIfAbsent(key(judged.finding()), judged.finding());
            }
        }
        return places;
    }

    /** That of a finding, or of the nearest thing that was there; null where it has no place. */
    @Nullable Position of(Finding left) {
        // Paths tell where it stood but for elements of a list of which one was taken out.
        return before == null ? null : before.placeToTell(found.getOrDefault(key(left), left));
    }

    private static String key(Finding finding) {
        return finding.identity() + "\0" + finding.problem();
    }
}
