package dev.portcullis.console;

import dev.portcullis.history.ExemptionUse;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Seen;
import dev.portcullis.policy.Exemption;
import dev.portcullis.resource.Origins.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An exemption, as the console tells of it.
 *
 * @param subject whose leave it is; null, like what follows, where it cannot be read
 * @param counts whether it gives leave now
 * @param problem why it does not, or why its newest version does not; null where it does
 * @param uses in how many decisions that are kept it gave leave, {@link ExemptionUse#MOST_DECISIONS} at most
 * @param workloads how many workloads it gives leave to, as the background scan last found them
 */
record ExemptionRow(
        @Nullable String namespace,
        String name,
        @Nullable String source,
        @Nullable Holder subject,
        @Nullable List<String> checks,
        @Nullable String owner,
        @Nullable String reason,
        @Nullable Instant expiresAt,
        boolean counts,
        @Nullable String problem,
        long uses,
        long workloads) {
    /** The workload that has the leave; no containers means all of them. */
    record Holder(String platform, @Nullable String namespace, String kind, String name, List<String> containers) {}

    /** What no two have alike. */
    String id() {
        return namespace == null ? name : namespace + "/" + name;
    }

    /** The namespace of who has the leave; of the exemption itself where that cannot be read. */
    @Nullable String holderNamespace() {
        return subject == null ? namespace : subject.namespace();
    }

    /** The same ones with how much each is used, as a history knows it. */
    static List<ExemptionRow> used(List<ExemptionRow> rows, Seen seen) throws HistoryUnavailableException {
        Map<String, ExemptionUse> uses =
                seen.uses(rows.stream().map(ExemptionRow::id).toList());
        return rows.stream()
                .map(row -> row.used(uses.getOrDefault(row.id(), ExemptionUse.NONE)))
                .toList();
    }

    private ExemptionRow used(ExemptionUse use) {
        return new ExemptionRow(
                namespace,
                name,
                source,
                subject,
                checks,
                owner,
                reason,
                expiresAt,
                counts,
                problem,
                use.decisions(),
                use.workloads());
    }

    /**
     * One in force, without how much it is used.
     *
     * @param origin null where that is not known
     */
    static ExemptionRow of(Exemption exemption, @Nullable Origin origin, Instant now) {
        boolean counts = exemption.countsAt(now);
        Exemption.Holder subject = exemption.subject();
        String problem = origin == null ? null : origin.problem();
        return new ExemptionRow(
                exemption.namespace(),
                exemption.name(),
                origin == null ? null : origin.source(),
                new Holder(
                        subject.platform().id(),
                        subject.namespace(),
                        subject.kind(),
                        subject.name(),
                        subject.containers().stream().sorted().toList()),
                exemption.checks().stream().sorted().toList(),
                exemption.owner(),
                exemption.reason(),
                exemption.expiresAt(),
                counts,
                counts ? problem : "it ended at " + exemption.expiresAt() + ": give it a later expiresAt, or delete it",
                0,
                0);
    }

    /** One that is there and gives no leave. */
    static ExemptionRow idle(Origin origin) {
        int slash = origin.id().indexOf('/');
        String problem = origin.problem() == null
                ? "no policy heeds exemptions of its namespace: list that under spec.exemptionNamespaces of a policy"
                : origin.problem();
        return new ExemptionRow(
                slash < 0 ? null : origin.id().substring(0, slash),
                origin.id().substring(slash + 1),
                origin.source(),
                null,
                null,
                null,
                null,
                null,
                false,
                problem,
                0,
                0);
    }
}
