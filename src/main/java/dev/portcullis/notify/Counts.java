package dev.portcullis.notify;

import dev.portcullis.history.Decision;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Outbox;
import dev.portcullis.history.Period;
import dev.portcullis.history.Period.CheckCount;
import dev.portcullis.history.Period.OutcomeCount;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a digest counts. What namespaces alone are chosen by was counted by the hour; for anything else decisions are read one by one.
 */
record Counts(List<OutcomeCount> outcomes, List<CheckCount> checks) {
    /** The most rows of each; what comes when there are as many is not counted. */
    private static final int MOST = 10_000;

    static Counts of(Outbox outbox, Selection selection, Period period, Instant from, Instant to)
            throws HistoryUnavailableException {
        if (!selection.isOfNamespaces()) {
            return read(outbox, selection, from, to);
        }
        return new Counts(
                period.outcomes().stream()
                        .filter(count -> selection.hasNamespace(count.namespace()))
                        .toList(),
                period.checks().stream()
                        .filter(count -> selection.hasNamespace(count.namespace()) && selection.hasMode(count.mode()))
                        .toList());
    }

    private record Outcome(String namespace, String outcome) {}

    private record Check(String namespace, String check, String mode) {}

    private static Counts read(Outbox outbox, Selection selection, Instant from, Instant to)
            throws HistoryUnavailableException {
        Map<Outcome, Long> outcomes = new HashMap<>();
        Map<Check, Long> checks = new HashMap<>();
        outbox.each(
                from,
                to,
                decision -> selection.of(decision).ifPresent(event -> {
                    String namespace = namespace(decision);
                    count(outcomes, new Outcome(namespace, decision.outcome()));
                    event.findings().stream()
                            .map(finding -> new Check(namespace, finding.check(), finding.mode()))
                            .distinct()
                            .forEach(check -> count(checks, check));
                }));
        return new Counts(
                outcomes.entrySet().stream()
                        .map(each -> new OutcomeCount(
                                each.getKey().namespace(), each.getKey().outcome(), each.getValue()))
                        .toList(),
                checks.entrySet().stream()
                        .map(each -> new CheckCount(
                                each.getKey().namespace(),
                                each.getKey().check(),
                                each.getKey().mode(),
                                each.getValue()))
                        .toList());
    }

    private static String namespace(Decision decision) {
        return Objects.requireNonNullElse(decision.namespace(), "");
    }

    private static <K> void count(Map<K, Long> counts, K key) {
        if (counts.size() < MOST || counts.containsKey(key)) {
            counts.merge(key, 1L, Long::sum);
        }
    }
}
