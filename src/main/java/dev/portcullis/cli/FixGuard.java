package dev.portcullis.cli;

import dev.portcullis.check.Finding;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.Judged;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees to it that fixes clear what they are for, and bring nothing that was not found before. */
final class FixGuard {
    /** Fixes that are tried alone to find the one that is to blame; all are, where there are more. */
    private static final int MOST_TRIALS = 64;

    private static final String USELESS = "its fix would not clear it";
    private static final String UNREADABLE = "its fix would make something that cannot be judged";

    private final Draft before;
    private final Writer writer;
    private final Map<Wanted, String> blamed = new LinkedHashMap<>();
    private int trials;

    /** Makes fixes in a text and judges what comes of it. */
    @FunctionalInterface
    interface Writer {
        Draft write(Draft before, List<Wanted> wanted) throws UnreadableException;
    }

    FixGuard(Draft before, Writer writer) {
        this.before = before;
        this.writer = writer;
    }

    /**
     * The fixes that are to be left out, and why.
     *
     * @param after what came of them
     * @param made those that were written, and left out none before
     */
    Map<Wanted, String> blamed(Draft after, List<Wanted> made) throws UnreadableException {
        blamed.clear();
        if (after.inspections().size() != before.inspections().size()) {
            made.forEach(one -> blamed.put(one, UNREADABLE));
            return blamed;
        }
        Map<Wanted.Key, Wanted> byKey = new HashMap<>();
        made.forEach(one -> byKey.put(one.key(), one));
        for (int subject = 0; subject < before.inspections().size(); subject++) {
            blameForWhatIsLeft(subject, after, byKey);
            blameForWhatIsNew(subject, after, made);
        }
        return blamed;
    }

    private void blameForWhatIsLeft(int subject, Draft after, Map<Wanted.Key, Wanted> made) {
        Map<String, Integer> expected = count(before.violations(subject));
        Map<String, Wanted> claiming = new HashMap<>();
        for (Judged judged : before.violations(subject)) {
            Wanted one = made.get(Wanted.Key.of(subject, judged));
            if (one != null) {
                expected.merge(identity(judged), -1, Integer::sum);
                claiming.put(identity(judged), one);
            }
        }
        count(after.violations(subject)).forEach((identity, found) -> {
            Wanted claims = claiming.get(identity);
            if (claims != null && found > expected.getOrDefault(identity, 0)) {
                blamed.put(claims, USELESS);
            }
        });
    }

    private static Map<String, Integer> count(List<Judged> findings) {
        Map<String, Integer> counts = new HashMap<>();
        findings.forEach(one -> counts.merge(identity(one), 1, Integer::sum));
        return counts;
    }

    private static String identity(Judged judged) {
        return judged.policy().name() + "\0" + judged.finding().identity();
    }

    private void blameForWhatIsNew(int subject, Draft after, List<Wanted> made) throws UnreadableException {
        Map<String, String> brought = brought(subject, after);
        if (brought.isEmpty()) {
            return;
        }
        String reason = brought.values().iterator().next();
        List<Wanted> own = made.stream().filter(one -> one.subject() == subject).toList();
        List<Wanted> suspects = own.isEmpty() ? made : own;
        boolean found = false;
        for (Wanted suspect : suspects) {
            if (trials < MOST_TRIALS && suspects.size() > 1) {
                trials++;
                Map<String, String> alone = brought(subject, writer.write(before, List.of(suspect)));
                alone.keySet().retainAll(brought.keySet());
                if (!alone.isEmpty()) {
                    blamed.put(suspect, alone.values().iterator().next());
                    found = true;
                }
            }
        }
        if (!found) {
            suspects.forEach(suspect -> blamed.put(suspect, reason));
        }
    }

    /** Why findings are there that were not there before, by where they are. */
    private Map<String, String> brought(int subject, Draft after) {
        Map<String, String> brought = new LinkedHashMap<>();
        if (!(after.inspections().get(subject) instanceof Inspection.Judged)) {
            boolean wasJudged = before.inspections().get(subject) instanceof Inspection.Judged;
            return wasJudged ? new LinkedHashMap<>(Map.of("", UNREADABLE)) : brought;
        }
        Set<String> known = new HashSet<>();
        before.violations(subject).forEach(one -> known.add(place(one)));
        for (Judged one : after.violations(subject)) {
            // That what was fixed may not start is advice, and known only once it is fixed.
            if (!one.finding().check().advisory() && !known.contains(place(one))) {
                String message = one.finding().inContainer(one.finding().message());
                brought.putIfAbsent(place(one), "its fix would bring something else: " + message);
            }
        }
        return brought;
    }

    /** Without the value, which a fix for something else may extend. */
    private static String place(Judged judged) {
        Finding finding = judged.finding();
        String shape = finding.path() == null ? finding.state() : finding.path().shape();
        return String.join(
                "\0", judged.policy().name(), finding.check().id(), String.valueOf(finding.container()), shape);
    }
}
