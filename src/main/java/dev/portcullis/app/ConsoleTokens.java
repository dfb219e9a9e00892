package dev.portcullis.app;

import dev.portcullis.access.AdminToken;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.registration.SharedSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's tokens: in files of its own, or in a Secret that somebody has made.
 *
 * @param admin of whoever may ask everything
 * @param hosts of Docker hosts, which may report and nothing else
 */
record ConsoleTokens(AdminToken admin, AdminToken hosts) {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleTokens.class);
    private static final String ADMIN = "token";
    private static final String HOSTS = "report-token";

    static ConsoleTokens of(PortcullisProperties properties, Guarded guarded) {
        String secret = properties.console().tokenSecret();
        try {
            return secret == null
                    ? new ConsoleTokens(AdminToken.in(file(properties)), AdminToken.in(hostsFile(properties)))
                    : inSecret(secret, properties, guarded.cluster());
        } catch (IOException | RuntimeException unusable) {
            throw new MisconfiguredException("the console's token cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Of several consoles that start together one makes them. */
    private static ConsoleTokens inSecret(String name, PortcullisProperties properties, @Nullable Cluster cluster) {
        if (cluster == null) {
            throw new IllegalArgumentException(
                    "portcullis.console.token-secret needs a cluster: give --kubeconfig, or run in a pod");
        }
        SharedSecret secret = Registering.secret(name, properties, cluster);
        return new ConsoleTokens(in(secret, ADMIN), in(secret, HOSTS));
    }

    private static AdminToken in(SharedSecret secret, String key) {
        SharedSecret.Contents contents = secret.read();
        while (!contents.texts().containsKey(key)) {
            if (secret.write(contents, Map.of(key, AdminToken.make()))) {
                LOG.info("made the console's {}, in {}", key, secret);
            }
            contents = secret.read();
        }
        return AdminToken.of(contents.texts().get(key));
    }

    /** Where the administrator's is, for people. */
    static String place(PortcullisProperties properties) {
        String secret = properties.console().tokenSecret();
        return secret == null ? file(properties).toString() : "Secret " + secret + ", key " + ADMIN;
    }

    private static Path file(PortcullisProperties properties) {
        return Objects.requireNonNullElseGet(
                properties.console().tokenFile(), () -> properties.data().resolve("admin-token"));
    }

    private static Path hostsFile(PortcullisProperties properties) {
        return properties.data().resolve("report-token");
    }
}
