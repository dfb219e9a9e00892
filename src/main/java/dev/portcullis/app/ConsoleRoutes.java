package dev.portcullis.app;

import dev.portcullis.access.MeRoute;
import dev.portcullis.console.DecisionRoutes;
import dev.portcullis.console.Governing;
import dev.portcullis.console.HandOverRoute;
import dev.portcullis.console.ResultRoutes;
import dev.portcullis.console.RuleRoutes;
import dev.portcullis.console.WorkloadDetail;
import dev.portcullis.console.WorkloadRoutes;
import dev.portcullis.history.History;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.Clients;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.live.ExemptionUse;
import java.time.InstantSource;
import java.util.ArrayList;
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
 */
record ConsoleRoutes(
        List<HttpRoute> routes,
        Set<String> narrowed,
        @Nullable History taking) {
    static ConsoleRoutes none() {
        return new ConsoleRoutes(List.of(), Set.of(), null);
    }

    /** What gates ask of it. */
    List<HttpRoute> ofGates(BodyReader bodies, Clients gates) {
        return taking == null ? List.of() : List.of(new HandOverRoute(taking, bodies, gates).route());
    }

    static ConsoleRoutes of(PortcullisProperties properties, Keeping keeping, Policies policies, ExemptionUse use) {
        History history = keeping.history();
        if (!properties.answersPeople() || history == null) {
            return none();
        }
        InstantSource clock = InstantSource.system();
        Governing governing = new Governing(policies.inForce(), policies.origins(), use::uses);
        List<HttpRoute> narrowing = Stream.of(
                        new DecisionRoutes(history, clock).routes(),
                        new WorkloadRoutes(history).routes(),
                        new ResultRoutes(history).routes(),
                        new RuleRoutes(governing, history, clock).routes(),
                        List.of(new WorkloadDetail(governing, history, clock).route()))
                .flatMap(List::stream)
                .toList();
        List<HttpRoute> routes = new ArrayList<>(narrowing);
        routes.add(new MeRoute(properties.console().logins()).route());
        Set<String> narrowed = narrowing.stream().map(HttpRoute::path).collect(Collectors.toSet());
        return new ConsoleRoutes(routes, narrowed, properties.handover().accept() ? history : null);
    }
}
