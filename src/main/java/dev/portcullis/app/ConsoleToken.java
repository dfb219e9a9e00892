package dev.portcullis.app;

import dev.portcullis.access.AdminToken;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.registration.SharedSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the console's token is: in a file of its own, or in a Secret that somebody has made. */
final class ConsoleToken {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleToken.class);
    private static final String KEY = "token";

    private ConsoleToken() {}

    static AdminToken of(PortcullisProperties properties, Guarded guarded) {
        String secret = properties.console().tokenSecret();
        try {
            return secret == null ? AdminToken.in(file(properties)) : inSecret(secret, properties, guarded);
        } catch (IOException | RuntimeException unusable) {
            throw new MisconfiguredException("the console's token cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Of several consoles that start together one makes it. */
    private static AdminToken inSecret(String name, PortcullisProperties properties, Guarded guarded) {
        Cluster cluster = guarded.cluster();
        if (cluster == null) {
            throw new IllegalArgumentException(
                    "portcullis.console.token-secret needs a cluster: give --kubeconfig, or run in a pod");
        }
        SharedSecret secret = Registering.secret(name, properties, cluster);
        SharedSecret.Contents contents = secret.read();
        while (!contents.texts().containsKey(KEY)) {
            if (secret.write(contents, Map.of(KEY, AdminToken.make()))) {
                LOG.info("made the console's admin token, in {}", secret);
            }
            contents = secret.read();
        }
        return AdminToken.of(contents.texts().get(KEY));
    }

    /** For people. */
    static String place(PortcullisProperties properties) {
        String secret = properties.console().tokenSecret();
        return secret == null ? file(properties).toString() : "Secret " + secret + ", key " + KEY;
    }

    private static Path file(PortcullisProperties properties) {
        return Objects.requireNonNullElseGet(
                properties.console().tokenFile(), () -> properties.data().resolve("admin-token"));
    }
}
