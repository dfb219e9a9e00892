package dev.portcullis.app;

import dev.portcullis.console.AdminToken;
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
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the console answers, all of it only to those who show the token.
 *
 * @param routes none where this is no console
 * @param taking what keeps the decisions that gates hand over; null where nobody may
 */
record ConsoleRoutes(List<HttpRoute> routes, @Nullable History taking) {
    static ConsoleRoutes none() {
        return new ConsoleRoutes(List.of(), null);
    }

    /** What gates ask of it. */
    List<HttpRoute> ofGates(BodyReader bodies, Clients gates) {
        return taking == null ? List.of() : List.of(new HandOverRoute(taking, bodies, gates).route());
    }

    static ConsoleRoutes of(
            PortcullisProperties properties, Keeping keeping, Guarded guarded, Policies policies, ExemptionUse use) {
        History history = keeping.history();
        if (!properties.answersPeople() || history == null) {
            return none();
        }
        InstantSource clock = InstantSource.system();
        Governing governing = new Governing(policies.inForce(), policies.origins(), use::uses);
        AdminToken token = ConsoleToken.of(properties, guarded);
        List<HttpRoute> routes = Stream.of(
                        new DecisionRoutes(history, clock).routes(),
                        new WorkloadRoutes(history).routes(),
                        new ResultRoutes(history).routes(),
                        new RuleRoutes(governing, history, clock).routes(),
                        List.of(new WorkloadDetail(governing, history, clock).route()))
                .flatMap(List::stream)
                .map(route -> route.through(token::guard))
                .toList();
        return new ConsoleRoutes(routes, properties.handover().accept() ? history : null);
    }
}
