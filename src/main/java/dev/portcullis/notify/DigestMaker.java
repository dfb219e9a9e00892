package dev.portcullis.notify;

import dev.portcullis.history.Decision;
import dev.portcullis.history.Denial;
import dev.portcullis.history.History;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Outbox;
import dev.portcullis.history.Period;
import dev.portcullis.history.Sight;
import dev.portcullis.history.Standing;
import dev.portcullis.history.WorkloadSummary;
import dev.portcullis.policy.Exemption;
import dev.portcullis.workload.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what a digest says. */
final class DigestMaker {
    private static final Duration SOON = Duration.ofDays(14);
    private static final int LONGEST = 253;

    private final Selection selection;
    private final ZoneId zone;
    private final History history;
    private final Supplier<List<Exemption>> exemptions;
    private final Links links;

    DigestMaker(Selection selection, ZoneId zone, History history, Supplier<List<Exemption>> exemptions, Links links) {
        this.selection = selection;
        this.zone = zone;
        this.history = history;
        this.exemptions = exemptions;
        this.links = links;
    }

    /** @param before what ran when a digest was sent before; null where that is not known */
    Digest make(Instant from, Instant to, @Nullable Standing before) throws HistoryUnavailableException {
        Outbox outbox = history.outbox();
        Period period = outbox.period(from, to);
        Counts counts = Counts.of(outbox, selection, period, from, to);
        List<Digest.Who> begun = owners(period.begun());
        List<Digest.Who> ended = owners(period.ended());
        long denials = times(counts.outcomes(), "deny");
        long warnings = times(counts.outcomes(), "warn");
        DateTimeFormatter day =
                DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH).withZone(zone);
        return new Digest(
                "Portcullis: " + counted(denials, "denial") + ", " + counted(begun.size(), "new owner") + ", "
                        + ended.size() + " fixed",
                day.format(from) + " to " + day.format(to) + " " + zone.getId(),
                denials,
                warnings,
                Digest.Rows.of(places(counts.outcomes())),
                Digest.Rows.of(checks(counts.checks())),
                Digest.Rows.of(begun),
                Digest.Rows.of(ended),
                posture(),
                before == null ? null : spoken(before),
                Digest.Rows.of(leaves(to, day)),
                links.page("/"));
    }

    private static String counted(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    static String spoken(Standing posture) {
        return counted(posture.workloads(), "workload") + ", " + posture.violating() + " that would be denied, "
                + posture.warned() + " that would be warned of";
    }

    private static long times(List<Period.OutcomeCount> outcomes, String outcome) {
        return outcomes.stream()
                .filter(count -> count.outcome().equals(outcome))
                .mapToLong(Period.OutcomeCount::times)
                .sum();
    }

    private static List<Digest.Place> places(List<Period.OutcomeCount> outcomes) {
        Map<String, List<Period.OutcomeCount>> byNamespace = outcomes.stream()
                .collect(Collectors.groupingBy(Period.OutcomeCount::namespace, TreeMap::new, Collectors.toList()));
        return byNamespace.entrySet().stream()
                .map(each -> new Digest.Place(
                        where(each.getKey()), times(each.getValue(), "deny"), times(each.getValue(), "warn")))
                .sorted(Comparator.comparingLong(Digest.Place::denials)
                        .thenComparingLong(Digest.Place::warnings)
                        .reversed())
                .toList();
    }

    private static String where(String namespace) {
        return namespace.isEmpty() ? "(no namespace)" : Printable.text(namespace, LONGEST);
    }

    private static List<Digest.CheckTimes> checks(List<Period.CheckCount> counts) {
        record Key(String check, String mode) {}
        return counts.stream()
                .collect(Collectors.groupingBy(count -> new Key(count.check(), count.mode())))
                .entrySet()
                .stream()
                .map(each -> new Digest.CheckTimes(
                        Printable.text(each.getKey().check(), LONGEST),
                        each.getKey().mode(),
                        each.getValue().stream()
                                .mapToLong(Period.CheckCount::times)
                                .sum(),
                        each.getValue().size()))
                .sorted(Comparator.comparingLong(Digest.CheckTimes::times)
                        .reversed()
                        .thenComparing(Digest.CheckTimes::check)
                        .thenComparing(Digest.CheckTimes::mode))
                .toList();
    }

    private List<Digest.Who> owners(List<Denial> denials) throws HistoryUnavailableException {
        Set<Long> meant = meant(denials);
        return denials.stream()
                .filter(denial -> meant.contains(denial.lastSeq()))
                .map(denial -> new Digest.Who(
                        Printable.text(denial.ownerKind(), LONGEST),
                        Printable.text(denial.ownerName(), LONGEST),
                        where(denial.namespace()),
                        Printable.text(String.join(", ", denial.checks()), LONGEST),
                        denial.times(),
                        links.owner(denial.namespace(), denial.ownerKind(), denial.ownerName())))
                .toList();
    }

    /** The decisions by which owners were denied last, of those that are to be told of. */
    private Set<Long> meant(List<Denial> denials) throws HistoryUnavailableException {
        if (selection.isOfNamespaces()) {
            return denials.stream()
                    .filter(denial -> selection.hasNamespace(denial.namespace()))
                    .map(Denial::lastSeq)
                    .collect(Collectors.toSet());
        }
        Set<Long> last = denials.stream().map(Denial::lastSeq).collect(Collectors.toSet());
        return history.outbox().numbered(last).stream()
                .filter(decision -> selection.of(decision).isPresent())
                .map(Decision::seq)
                .collect(Collectors.toSet());
    }

    /** What runs now. */
    private Standing posture() throws HistoryUnavailableException {
        List<WorkloadSummary.Place> places = history.seenBy(Sight.ALL).summary(null, null).namespaces().stream()
                .filter(place -> selection.hasNamespace(place.namespace()))
                .toList();
        return new Standing(
                places.stream().mapToLong(WorkloadSummary.Place::workloads).sum(),
                places.stream().mapToLong(WorkloadSummary.Place::violating).sum(),
                places.stream().mapToLong(WorkloadSummary.Place::warned).sum());
    }

    private List<Digest.Leave> leaves(Instant now, DateTimeFormatter day) {
        return exemptions.get().stream()
                .filter(leave -> leave.countsAt(now) && leave.expiresAt().isBefore(now.plus(SOON)))
                .filter(leave -> selection.hasNamespace(leave.subject().namespace()))
                .sorted(Comparator.comparing(Exemption::expiresAt))
                .map(leave -> new Digest.Leave(
                        Printable.text(leave.id(), LONGEST),
                        Printable.text(
                                leave.subject().kind() + " " + leave.subject().name(), LONGEST),
                        Printable.text(leave.owner(), LONGEST),
                        day.format(leave.expiresAt())))
                .toList();
    }
}
