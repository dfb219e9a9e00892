package dev.portcullis.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What can be set of who may see the console. */
final class AccessProperties {
    private AccessProperties() {}

    /**
     * How long somebody stays logged in.
     *
     * @param idle after how long without a request a session ends
     * @param lifetime after how long it ends in any case
     */
    record Session(
            @DefaultValue("30m") Duration idle,
            @DefaultValue("12h") Duration lifetime) {
        private static final Duration LEAST = Duration.ofSeconds(1);
        private static final Duration MOST = Duration.ofDays(7);

        Session {
            PortcullisProperties.require(isFine(idle), "console.session.idle", "must be 1s to 7d");
            PortcullisProperties.require(isFine(lifetime), "console.session.lifetime", "must be 1s to 7d");
        }

        private static boolean isFine(Duration time) {
            return time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0;
        }
    }

    /**
     * Tokens of the cluster's own users.
     *
     * @param enabled whether the cluster is asked whose they are, and what they may see
     * @param audiences for which a token must be made, one of them; absent is the API server itself
     */
    record Kubernetes(
            @DefaultValue("false") boolean enabled,
            @DefaultValue List<String> audiences) {}

    /**
     * An identity provider that speaks OpenID Connect.
     *
     * @param issuer its address, such as https://login.example.com/realms/main; absent is none
     * @param clientId as what the console is known there
     * @param clientSecretFile a file of the secret that goes with it; absent is a public client
     * @param ca PEM file of the authorities that sign its certificate; absent is those whom Java trusts
     * @param scopes what is asked for
     * @param nameClaim the claim of the ID token that names somebody; where it is missing, their subject does
     * @param groupsClaim the claim that lists somebody's groups
     * @param adminGroups groups whose members may see and change everything
     * @param viewerGroups groups whose members may see everything
     * @param namespacesClaim a claim that lists the namespaces that somebody may see; absent is none
     * @param groupNamespaces by group, namespaces that its members may see
     */
    record Oidc(
            @Nullable URI issuer,
            @DefaultValue("portcullis") String clientId,
            @Nullable Path clientSecretFile,
            @Nullable Path ca,
            @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
            @DefaultValue("email") String nameClaim,
            @DefaultValue("groups") String groupsClaim,
            @DefaultValue Set<String> adminGroups,
            @DefaultValue Set<String> viewerGroups,
            @Nullable String namespacesClaim,
            @DefaultValue Map<String, Set<String>> groupNamespaces) {
        private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

        Oidc {
            PortcullisProperties.require(
                    issuer == null
                            || ("https".equals(issuer.getScheme()) && issuer.getHost() != null)
                            || ("http".equals(issuer.getScheme()) && HERE.contains(String.valueOf(issuer.getHost()))),
                    "console.oidc.issuer",
                    "must be like https://login.example.com; http is for one on this machine");
            PortcullisProperties.require(
                    issuer == null || scopes.contains("openid"),
                    "console.oidc.scopes",
                    "must have openid: without it there is no ID token");
            PortcullisProperties.require(
                    issuer == null
                            || !adminGroups.isEmpty()
                            || !viewerGroups.isEmpty()
                            || namespacesClaim != null
                            || !groupNamespaces.isEmpty(),
                    "console.oidc.admin-groups",
                    "or viewer-groups, namespaces-claim or group-namespaces must be given: else nobody may see anything");
        }
    }

    /** Whether an address has a scheme, a host, and nothing behind them. */
    static boolean isOrigin(URI address, String scheme) {
        return scheme.equals(address.getScheme())
                && address.getHost() != null
                && Set.of("", "/").contains(String.valueOf(address.getRawPath()))
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.getRawUserInfo() == null;
    }
}
