package dev.portcullis.app;

import dev.portcullis.console.AdminToken;
import dev.portcullis.console.DecisionRoutes;
import dev.portcullis.console.WorkloadRoutes;
import dev.portcullis.history.History;
import dev.portcullis.http.HttpRoute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the console answers, all of it only to those who show the token.
 *
 * @param routes none where this is no console
 */
record ConsoleRoutes(List<HttpRoute> routes) {
    static ConsoleRoutes none() {
        return new ConsoleRoutes(List.of());
    }

    static ConsoleRoutes of(PortcullisProperties properties, Keeping keeping) {
        History history = keeping.history();
        if (!properties.answersPeople() || history == null) {
            return none();
        }
        Path file = tokenFile(properties);
        try {
            AdminToken token = AdminToken.in(file);
            return new ConsoleRoutes(Stream.concat(
                            new DecisionRoutes(history, InstantSource.system()).routes().stream(),
                            new WorkloadRoutes(history).routes().stream())
                    .map(route -> route.through(token::guard))
                    .toList());
        } catch (IOException unusable) {
            throw new MisconfiguredException("the console's token cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    static Path tokenFile(PortcullisProperties properties) {
        return Objects.requireNonNullElseGet(
                properties.console().tokenFile(), () -> properties.data().resolve("admin-token"));
    }
}
