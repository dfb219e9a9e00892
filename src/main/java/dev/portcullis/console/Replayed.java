package dev.portcullis.console;

import dev.portcullis.check.Result;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.history.Decision;
import dev.portcullis.history.Entry;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.RecordedFinding;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.impact.Again;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A decision beside what would be decided.
 *
 * @param added what is found now and was not then
 * @param removed what was found then and is not now
 * @param changed what is found both times and leads to something else
 * @param unjudged what is found only then, or only now, since what was known of images, volumes and owners then is not now
 * @param partial whether so much was found that not all of it could be compared
 */
record Replayed(
        long seq,
        Verdict then,
        Verdict now,
        List<WorkloadFinding> added,
        List<RecordedFinding> removed,
        List<Changed> changed,
        List<RecordedFinding> unjudged,
        boolean partial) {
    /**
     * What is decided.
     *
     * @param policies the version by which
     */
    record Verdict(Instant at, String outcome, @Nullable String policies) {}

    /** Something that led elsewhere then. */
    record Changed(RecordedFinding then, WorkloadFinding now) {}

    /** What makes two findings the same: the field is where it was, since what was asked is the same. */
    private record Key(
            String check,
            @Nullable String container,
            @Nullable String field,
            String message) {}

    /**
     * Compares a decision with a report on what was asked then.
     *
     * @param control a report by the policies that decided, as they judge now: what it finds otherwise than they did then is due
     *     to what is known, not to the policies; null where they are gone
     */
    static Replayed of(Decision decision, Again again, Report report, @Nullable Report control, Instant now) {
        Map<Key, WorkloadFinding> found = found(again, report);
        Map<Key, RecordedFinding> before = new LinkedHashMap<>();
        decision.findings().forEach(each -> before.putIfAbsent(key(each), each));
        Predicate<RecordedFinding> told = tellable(
                report,
                before.keySet(),
                control == null ? null : found(again, control).keySet());
        List<RecordedFinding> removed = new ArrayList<>();
        List<RecordedFinding> unjudged = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        before.forEach((key, then) -> {
            WorkloadFinding same = found.remove(key);
            if (same == null) {
                (told.test(then) ? removed : unjudged).add(then);
            } else if (!leads(then).equals(leads(recorded(same)))) {
                changed.add(new Changed(then, same));
            }
        });
        List<WorkloadFinding> added = new ArrayList<>();
        found.values().forEach(each -> {
            if (told.test(recorded(each))) {
                added.add(each);
            } else {
                unjudged.add(recorded(each));
            }
        });
        return new Replayed(
                decision.seq(),
                new Verdict(decision.at(), decision.outcome(), decision.policies()),
                new Verdict(now, Outcome.of(report).id(), report.version()),
                first(added),
                removed,
                changed,
                first(unjudged),
                decision.findings().size() == Entry.MOST_FINDINGS
                        || Math.max(added.size(), unjudged.size()) > Entry.MOST_FINDINGS);
    }

    private static <T> List<T> first(List<T> all) {
        return all.stream().limit(Entry.MOST_FINDINGS).toList();
    }

    /** Whether it is the policies that make the difference. */
    private static Predicate<RecordedFinding> tellable(Report report, Set<Key> then, @Nullable Set<Key> control) {
        Set<String> open = report.findings().stream()
                .filter(judged -> judged.finding().result() == Result.SKIP)
                .map(judged -> judged.finding().check().id())
                .collect(Collectors.toSet());
        return each -> !open.contains(each.check())
                && (control == null || control.contains(key(each)) == then.contains(key(each)));
    }

    /** Those that speak against it, the strictest of each first. */
    private static Map<Key, WorkloadFinding> found(Again again, Report report) {
        List<@Nullable ArrayNode> fixes = again.document() == null
                ? List.of()
                : Inspection.Judged.of("", again.document(), report).fixes();
        List<WorkloadFinding> all = new ArrayList<>();
        List<WorkloadFinding> lesser = new ArrayList<>();
        for (int i = 0; i < report.findings().size(); i++) {
            Judged judged = report.findings().get(i);
            if (judged.finding().isViolation()) {
                Object value = judged.finding().value();
                JsonNode fix = fixes.isEmpty() ? null : fixes.get(i);
                (judged.denies() ? all : lesser)
                        .add(WorkloadFinding.of(judged, value == null ? null : JsonPatch.node(value), fix));
            }
        }
        all.addAll(lesser);
        Map<Key, WorkloadFinding> found = new LinkedHashMap<>();
        all.forEach(each -> found.putIfAbsent(key(recorded(each)), each));
        return found;
    }

    private static RecordedFinding recorded(WorkloadFinding each) {
        return new RecordedFinding(
                each.check(),
                each.result(),
                each.mode(),
                each.severity(),
                each.policy(),
                each.container(),
                each.field(),
                each.message(),
                each.exemption());
    }

    private static Key key(RecordedFinding each) {
        return new Key(each.check(), each.container(), each.field(), each.message());
    }

    private static String leads(RecordedFinding each) {
        return each.mode() + " " + each.exemption();
    }
}
