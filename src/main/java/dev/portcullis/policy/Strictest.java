package dev.portcullis.policy;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.workload.Edit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps of what several policies found about one matter what is strictest. */
final class Strictest {
    private Strictest() {}

    static List<Judged> of(List<Judged> findings) {
        List<Judged> different = withoutRepeats(findings);
        List<String> scopes = different.stream().map(Strictest::scope).toList();
        Map<String, Integer> counts = new HashMap<>();
        scopes.forEach(scope -> counts.merge(scope, 1, Integer::sum));
        Map<String, Judged> chosen = new LinkedHashMap<>();
        for (int i = 0; i < different.size(); i++) {
            Judged judged = different.get(i);
            String scope = scopes.get(i);
            boolean alone = counts.getOrDefault(scope, 0) == 1;
            chosen.merge(alone ? scope : scope + "\0" + pointer(judged.finding()), judged, Strictest::stricter);
        }
        return List.copyOf(chosen.values());
    }

    /** Policies that ask the same share what is found, so that most of it needs no comparing. */
    private static List<Judged> withoutRepeats(List<Judged> findings) {
        IdentityHashMap<Finding, Integer> places = new IdentityHashMap<>(findings.size());
        List<Judged> first = new ArrayList<>(findings.size());
        for (Judged judged : findings) {
            Integer place = places.putIfAbsent(judged.finding(), first.size());
            if (place == null) {
                first.add(judged);
            } else {
                first.set(place, stricter(first.get(place), judged));
            }
        }
        return first;
    }

    /** The stricter of two findings about one matter; a fix that either policy applies is applied. */
    private static Judged stricter(Judged one, Judged other) {
        boolean otherIsStricter = isStricter(other, one);
        Judged chosen = otherIsStricter ? other : one;
        Judged left = otherIsStricter ? one : other;
        Finding finding = chosen.finding();
        Fix offered = finding.fix() == null && chosen.counts() ? left.finding().fix() : finding.fix();
        boolean fixed = offered != null && (chosen.fixed() || (left.fixed() && chosen.counts()));
        return new Judged(finding.withFix(offered), chosen.policy(), chosen.mode(), fixed, chosen.exemption());
    }

    private static boolean isStricter(Judged judged, Judged than) {
        if (judged.counts() != than.counts()) {
            return judged.counts();
        }
        int byMode = judged.mode().compareTo(than.mode());
        if (byMode == 0 && judged.policy().isOfLabels() != than.policy().isOfLabels()) {
            // What labels enforce is lowered least when it is updated.
            return judged.policy().isOfLabels();
        }
        return byMode == 0 ? lowest(judged) < lowest(than) : byMode > 0;
    }

    /** The number a fix would write: all that checks write are maxima, so the lower is the stricter. */
    private static long lowest(Judged judged) {
        Fix fix = judged.finding().fix();
        long lowest = Long.MAX_VALUE;
        for (Edit edit : fix == null ? List.<Edit>of() : fix.edits()) {
            if (edit instanceof Edit.Set set && set.value() instanceof Long number) {
                lowest = Math.min(lowest, number);
            }
        }
        return lowest;
    }

    /**
     * Which findings may be about one matter, as a text: texts keep a map fast whoever chooses the names. A rule is its policy's
     * own, whatever its name.
     */
    private static String scope(Judged judged) {
        Finding finding = judged.finding();
        String scope = finding.check().id() + "\0" + finding.container();
        return judged.isOfRule() ? judged.policy().name() + "\0" + scope : scope;
    }

    /** Text that is made only where it decides. */
    private static String pointer(Finding finding) {
        return finding.path() == null ? "" : finding.path().pointer();
    }
}
