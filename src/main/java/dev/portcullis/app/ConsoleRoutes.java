package dev.portcullis.app;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.console.AdminToken;
import dev.portcullis.console.DecisionRoutes;
import dev.portcullis.console.HandOverRoute;
import dev.portcullis.console.WorkloadRoutes;
import dev.portcullis.history.History;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.Clients;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.registration.SharedSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the console answers, all of it only to those who show the token.
 *
 * @param routes none where this is no console
 * @param taking what keeps the decisions that gates hand over; null where nobody may
 */
record ConsoleRoutes(List<HttpRoute> routes, @Nullable History taking) {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleRoutes.class);
    private static final String TOKEN = "token";

    static ConsoleRoutes none() {
        return new ConsoleRoutes(List.of(), null);
    }

    /** What gates ask of it. */
    List<HttpRoute> ofGates(BodyReader bodies, Clients gates) {
        return taking == null ? List.of() : List.of(new HandOverRoute(taking, bodies, gates).route());
    }

    static ConsoleRoutes of(PortcullisProperties properties, Keeping keeping, Guarded guarded) {
        History history = keeping.history();
        if (!properties.answersPeople() || history == null) {
            return none();
        }
        AdminToken token = token(properties, guarded);
        return new ConsoleRoutes(
                Stream.concat(
                                new DecisionRoutes(history, InstantSource.system()).routes().stream(),
                                new WorkloadRoutes(history).routes().stream())
                        .map(route -> route.through(token::guard))
                        .toList(),
                properties.handover().accept() ? history : null);
    }

    private static AdminToken token(PortcullisProperties properties, Guarded guarded) {
        String secret = properties.console().tokenSecret();
        try {
            return secret == null ? AdminToken.in(tokenFile(properties)) : inSecret(secret, properties, guarded);
        } catch (IOException | RuntimeException unusable) {
            throw new MisconfiguredException("the console's token cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Of several consoles that start together one makes it. */
    private static AdminToken inSecret(String name, PortcullisProperties properties, Guarded guarded) {
        Cluster cluster = guarded.cluster();
        if (cluster == null) {
            throw new MisconfiguredException(
                    "portcullis.console.token-secret needs a cluster: give --kubeconfig, or run in a pod");
        }
        SharedSecret secret = Registering.secret(name, properties, cluster);
        SharedSecret.Contents contents = secret.read();
        while (!contents.texts().containsKey(TOKEN)) {
            if (secret.write(contents, Map.of(TOKEN, AdminToken.make()))) {
                LOG.info("made the console's admin token, in {}", secret);
            }
            contents = secret.read();
        }
        return AdminToken.of(contents.texts().get(TOKEN));
    }

    /** Where the token is, for people. */
    static String tokenPlace(PortcullisProperties properties) {
        String secret = properties.console().tokenSecret();
        return secret == null ? tokenFile(properties).toString() : "Secret " + secret + ", key " + TOKEN;
    }

    private static Path tokenFile(PortcullisProperties properties) {
        return Objects.requireNonNullElseGet(
                properties.console().tokenFile(), () -> properties.data().resolve("admin-token"));
    }
}
