package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.Seen;
import dev.portcullis.history.Sight;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.Origins;
import dev.portcullis.resource.Origins.Origin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is decided by: checks, policies and exemptions. */
public final class RuleRoutes {
    private static final int MOST_ON_A_PAGE = 500;

    private final Governing governing;
    private final History history;
    private final InstantSource clock;

    /** Routes that tell of these, and of what the history knows about them. */
    public RuleRoutes(Governing governing, History history, InstantSource clock) {
        this.governing = governing;
        this.history = history;
        this.clock = clock;
    }

    /** The routes, for whoever may ask. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/checks", this::checks),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/policies", this::policies),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/exemptions", this::exemptions));
    }

    private record Checks(List<CheckRow> checks) {}

    private void checks(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        PolicySet set = governing.set().get();
        Seen seen = Asking.seen(history);
        Answer.asked(response, () -> new Checks(CheckRow.all(set, seen.failing())));
    }

    private record Policies(
            String version,
            @Nullable String problem,
            List<PolicyRow> policies,
            @Nullable String next) {}

    private void policies(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "limit", "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        Origins origins = governing.origins().get();
        PolicySet set = governing.set().get();
        Map<String, Origin> byId = byId(origins.policies());
        List<PolicyRow> rows = new ArrayList<>();
        for (Policy policy : set.policies()) {
            Origin origin = byId.get(policy.name());
            rows.add(PolicyRow.of(policy, origin != null && origin.used() ? origin : null));
        }
        origins.policies().stream()
                .filter(origin -> !origin.used())
                .map(PolicyRow::unusable)
                .forEach(rows::add);
        Listed<PolicyRow> page = Listed.page(rows, PolicyRow::id, parameters.text("cursor"), limit);
        Answer.json(response, new Policies(set.version(), origins.problem(), page.rows(), page.next()));
    }

    /** @param namespaces those whose exemptions any policy heeds */
    private record Exemptions(
            List<ExemptionRow> exemptions,
            List<String> namespaces,
            @Nullable String next) {}

    private void exemptions(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "limit", "cursor");
        int limit = parameters.number("limit", 50, 1, MOST_ON_A_PAGE);
        Listed<ExemptionRow> page =
                Listed.page(rows(Asking.sight()), ExemptionRow::id, parameters.text("cursor"), limit);
        Seen seen = Asking.seen(history);
        List<String> heeded = heeded(governing.set().get());
        Answer.asked(response, () -> new Exemptions(ExemptionRow.used(page.rows(), seen), heeded, page.next()));
    }

    private static List<String> heeded(PolicySet set) {
        return Stream.concat(
                        set.exemptionNamespaces().stream(),
                        set.policies().stream().flatMap(policy -> policy.exemptionNamespaces().stream()))
                .distinct()
                .sorted()
                .toList();
    }

    private List<ExemptionRow> rows(Sight sight) {
        Instant now = clock.instant();
        List<Exemption> heeded = governing.set().get().exemptions();
        List<Origin> origins = governing.origins().get().exemptions();
        Map<String, Origin> byId = byId(origins);
        List<ExemptionRow> rows = new ArrayList<>();
        for (Exemption exemption : heeded) {
            rows.add(ExemptionRow.of(exemption, byId.get(exemption.id()), now));
        }
        Set<String> told = heeded.stream().map(Exemption::id).collect(Collectors.toSet());
        origins.stream()
                .filter(origin -> !told.contains(origin.id()))
                .map(ExemptionRow::idle)
                .forEach(rows::add);
        rows.removeIf(row -> !sight.sees(row.holderNamespace()));
        return rows;
    }

    private static Map<String, Origin> byId(List<Origin> origins) {
        return origins.stream().collect(Collectors.toMap(Origin::id, Function.identity(), (first, _) -> first));
    }
}
