package dev.portcullis.app;

import dev.portcullis.access.MeRoute;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.console.AuditRoutes;
import dev.portcullis.console.Boards;
import dev.portcullis.console.DecisionRoutes;
import dev.portcullis.console.GateRoutes;
import dev.portcullis.console.Governing;
import dev.portcullis.console.Grounds;
import dev.portcullis.console.HandOverRoute;
import dev.portcullis.console.HostRoutes;
import dev.portcullis.console.ImpactRoutes;
import dev.portcullis.console.OpenApi;
import dev.portcullis.console.Pages;
import dev.portcullis.console.ReplayRoute;
import dev.portcullis.console.ReportRoute;
import dev.portcullis.console.ResultRoutes;
import dev.portcullis.console.RuleRoutes;
import dev.portcullis.console.SettingsRoutes;
import dev.portcullis.console.TrendRoutes;
import dev.portcullis.console.VersionKeeper;
import dev.portcullis.console.VersionRoutes;
import dev.portcullis.console.WorkloadDetail;
import dev.portcullis.console.WorkloadRoutes;
import dev.portcullis.history.History;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.ByteBudget;
import dev.portcullis.http.Clients;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.notify.Notifications;
import dev.portcullis.scan.ClusterScan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the console answers. What is below /api/ is answered only to those who have shown who they are.
 *
 * @param routes none where this is no console
 * @param narrowed paths of those whose answers tell each only what they may see; the others are for those who see all
 * @param taking what keeps the decisions that gates hand over; null where nobody may
 * @param ending ends what goes on behind them
 */
record ConsoleRoutes(
        List<HttpRoute> routes,
        Set<String> narrowed,
        @Nullable History taking,
        Runnable ending) implements AutoCloseable {
    private static final int MOST_BYTES = 4 << 20;
    private static final long MOST_IN_FLIGHT = 16L << 20;
    private static final Duration BODY_TIME = Duration.ofSeconds(20);

    static ConsoleRoutes none() {
        return new ConsoleRoutes(List.of(), Set.of(), null, () -> {});
    }

    /** What gates ask of it. */
    List<HttpRoute> ofGates(BodyReader gatesBodies, Clients gates) {
        return taking == null ? List.of() : List.of(new HandOverRoute(taking, gatesBodies, gates).route());
    }

    static ConsoleRoutes of(
            PortcullisProperties properties, Keeping keeping, Policies policies, Guarded guarded, Notifying notifying) {
        History history = keeping.history();
        Notifications notifications = notifying.notifications();
        if (!properties.answersPeople() || history == null || notifications == null) {
            return none();
        }
        InstantSource clock = InstantSource.system();
        Governing governing = new Governing(policies.inForce(), policies.origins());
        BodyReader bodies = new BodyReader(MOST_BYTES, new ByteBudget(MOST_IN_FLIGHT), BODY_TIME);
        HostRoutes hosts = new HostRoutes(history, keeping.entries().cluster(), bodies, clock);
        Boards boards = new Boards(BoardProperties.all(properties.console().boards()));
        Grounds grounds = grounds(guarded.cluster());
        ImpactRoutes impact = new ImpactRoutes(governing, history, grounds, bodies, clock);
        List<HttpRoute> narrowing = Stream.of(
                        new DecisionRoutes(history).routes(),
                        new TrendRoutes(history, clock).routes(),
                        new WorkloadRoutes(history, boards).routes(),
                        new ResultRoutes(history, boards).routes(),
                        List.of(boards.route()),
                        List.of(new ReportRoute(history, clock).route()),
                        new RuleRoutes(governing, history, clock).routes(),
                        List.of(new WorkloadDetail(governing, history, clock).route()),
                        List.of(new ReplayRoute(governing, history, grounds, bodies, clock).route()))
                .flatMap(List::stream)
                .toList();
        List<HttpRoute> routes = Stream.of(
                        narrowing,
                        impact.routes(),
                        new SettingsRoutes(notifications, ConfiguredLogins.of(properties)).routes(),
                        new AuditRoutes(history).routes(),
                        new VersionRoutes(history).routes(),
                        List.of(hosts.list(), hosts.report(), new OpenApi().route()),
                        List.of(new GateRoutes(history, clock).route()),
                        List.of(new MeRoute(properties.console().logins()).route()),
                        Pages.routes(boards))
                .flatMap(List::stream)
                .toList();
        Set<String> narrowed = narrowing.stream().map(HttpRoute::path).collect(Collectors.toSet());
        VersionKeeper versions =
                VersionKeeper.start(governing, () -> policies.readiness().waitingFor() == null, history, clock);
        return new ConsoleRoutes(routes, narrowed, properties.handover().accept() ? history : null, () -> {
            versions.close();
            impact.close();
        });
    }

    private static Grounds grounds(@Nullable Cluster cluster) {
        return cluster == null
                ? new Grounds(ClusterKnowledge.NONE, null)
                : new Grounds(cluster.asKept(), (before, after, namespace, told) -> {
                    // Not closed: its connections end with the cluster.
                    ClusterScan scan = ClusterScan.of(cluster.listing());
                    scan.compare(before, after, namespace, told);
                });
    }

    @Override
    public void close() {
        ending.run();
    }
}
