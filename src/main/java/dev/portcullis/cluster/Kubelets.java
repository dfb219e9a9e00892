package dev.portcullis.cluster;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What kubelets say of their own configuration ({@code /configz}), to whom may {@code get} {@code nodes/configz}. They are
 * given the token with which the cluster is asked, once they have shown a certificate that the CA signed for their address.
 */
public final class Kubelets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kubelets.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 1 << 20;

    private final Config config;
    private final HttpClient client;

    private Kubelets(Config config, HttpClient client) {
        this.config = config;
        this.client = client;
    }

    static Kubelets as(Config cluster, @Nullable Path authority) {
        Config config = authority == null
                ? cluster
                : new ConfigBuilder(cluster)
                        .withCaCertData(null)
                        .withCaCertFile(authority.toString())
                        .build();
        try {
            // A redirect is not followed: the token is for the kubelet alone.
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .sslContext(SSLUtils.sslContext(config))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            return new Kubelets(config, client);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException("the CA of kubelets cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /**
     * The most processes that a pod may have on a node; 0 or less means unlimited.
     *
     * @param address an IP address
     * @return empty where the kubelet does not say
     */
    public OptionalLong podPidsLimit(String address, int port) {
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            String host =
                    literal.getAddress().length == 4 ? literal.getHostAddress() : "[" + literal.getHostAddress() + "]";
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("https://" + host + ":" + port + "/configz"))
                    .timeout(PATIENCE);
            String token = token();
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
            if (response.statusCode() != 200) {
                LOG.debug("the kubelet at {} answers {}", address, response.statusCode());
                return OptionalLong.empty();
            }
            JsonNode limit = Json.read(response.body()).path("kubeletconfig").path("podPidsLimit");
            return limit.isIntegralNumber() ? OptionalLong.of(limit.longValue()) : OptionalLong.empty();
        } catch (IOException | UnreadableException | IllegalArgumentException unreachable) {
            LOG.debug("the kubelet at {} cannot be asked", address, unreachable);
            return OptionalLong.empty();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    private @Nullable String token() {
        if (config.getOauthTokenProvider() != null) {
            return config.getOauthTokenProvider().getToken();
        }
        return config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
