package dev.portcullis.console;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.history.Decision;
import dev.portcullis.history.Denial;
import dev.portcullis.history.Filter;
import dev.portcullis.history.Filter.Field;
import dev.portcullis.history.History;
import dev.portcullis.history.Seen;
import dev.portcullis.history.WorkloadFilter;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadOrder;
import dev.portcullis.history.WorkloadState;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.policy.Exemption;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that is known of one workload. */
public final class WorkloadDetail {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int MOST_DECISIONS = 20;
    private static final int MOST_EXEMPTIONS = 100;

    private final Governing governing;
    private final History history;
    private final InstantSource clock;

    /** Routes that ask this history, and what is decided by. */
    public WorkloadDetail(Governing governing, History history, InstantSource clock) {
        this.governing = governing;
        this.history = history;
        this.clock = clock;
    }

    /** The route, for whoever may ask. */
    public HttpRoute route() {
        return new HttpRoute(Port.CONSOLE, "GET", "/api/v1/workload", this::detail);
    }

    /** What a check asks. */
    private record About(String title, String why, List<String> references) {}

    /**
     * The answer.
     *
     * @param checks what those ask that find something
     * @param decisions the latest about it
     * @param denial its latest entry in the ledger of denials; null where it never was denied
     * @param exemptions those that name it, whether they count or not
     */
    private record Detail(
            WorkloadState workload,
            Map<String, About> checks,
            List<Decision> decisions,
            @Nullable Denial denial,
            List<ExemptionRow> exemptions) {}

    private void detail(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "cluster", "namespace", "kind", "name");
        Seen seen = Asking.seen(history);
        WorkloadState workload = find(
                seen,
                new WorkloadFilter(
                        parameters.text("cluster"),
                        parameters.text("namespace"),
                        parameters.required("kind"),
                        parameters.required("name"),
                        null,
                        null,
                        null));
        Answer.asked(
                response,
                () -> new Detail(
                        workload,
                        checks(workload.findings()),
                        seen.page(about(workload), null, MOST_DECISIONS).decisions(),
                        seen.denial(workload.cluster(), workload.namespace(), workload.kind(), workload.name())
                                .orElse(null),
                        ExemptionRow.used(exemptions(workload), seen)));
    }

    private WorkloadState find(Seen seen, WorkloadFilter filter) throws HttpError {
        List<WorkloadState> found = Answer.to(() -> seen.workloads(filter, WorkloadOrder.WRITTEN, null, 2))
                .workloads();
        if (found.isEmpty()) {
            throw new HttpError(NOT_FOUND, "no such workload is known to run: /api/v1/workloads lists those that are");
        }
        if (found.size() > 1) {
            throw new HttpError(BAD_REQUEST, "there are several of that name: say cluster and namespace, too");
        }
        return found.getFirst();
    }

    private static Map<String, About> checks(List<WorkloadFinding> findings) {
        Map<String, About> checks = new TreeMap<>();
        for (WorkloadFinding finding : findings) {
            Catalogue.find(finding.check()).ifPresent(check -> checks.put(finding.check(), about(check.info())));
        }
        return checks;
    }

    private static About about(CheckInfo info) {
        return new About(info.title(), info.why(), info.references());
    }

    private static Filter about(WorkloadState workload) {
        Map<Field, String> equal = new EnumMap<>(Field.class);
        equal.put(Field.OWNER, workload.name());
        equal.put(Field.OWNER_KIND, workload.kind());
        equal.put(Field.CLUSTER, workload.cluster());
        if (!workload.namespace().isEmpty()) {
            equal.put(Field.NAMESPACE, workload.namespace());
        }
        return new Filter(equal, null, null, null, null, null);
    }

    private List<ExemptionRow> exemptions(WorkloadState workload) {
        Instant now = clock.instant();
        return governing.set().get().exemptions().stream()
                .filter(exemption -> names(exemption.subject(), workload))
                .limit(MOST_EXEMPTIONS)
                .map(exemption -> ExemptionRow.of(exemption, null, now))
                .toList();
    }

    private static boolean names(Exemption.Holder holder, WorkloadState workload) {
        return holder.kind().equals(workload.kind())
                && holder.name().equals(workload.name())
                && Objects.requireNonNullElse(holder.namespace(), "").equals(workload.namespace());
    }
}
