package dev.portcullis.access;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider, and what those may do whom it knows.
 *
 * @param console the address under which people reach the console, without a path
 * @param clientSecret null for a public client, which PKCE alone protects
 * @param trusted by whom its certificate is signed; null for those whom Java trusts
 * @param groupsClaim the claim of the ID token that lists somebody's groups
 * @param namespacesClaim the claim that lists the namespaces that somebody sees; null for none
 * @param groupNamespaces the namespaces that members of a group see
 */
public record OidcSettings(
        URI issuer,
        URI console,
        String clientId,
        @Nullable String clientSecret,
        @Nullable SSLContext trusted,
        List<String> scopes,
        String nameClaim,
        String groupsClaim,
        Set<String> adminGroups,
        Set<String> viewerGroups,
        @Nullable String namespacesClaim,
        Map<String, Set<String>> groupNamespaces) {
    /** Its secret is told to nobody. */
    @Override
    public String toString() {
        return "OidcSettings[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
