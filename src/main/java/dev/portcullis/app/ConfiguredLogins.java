package dev.portcullis.app;

import dev.portcullis.console.LoginRow;
import java.util.ArrayList;
import java.util.List;

/** The ways to log in, as the console's settings tell of them; nothing secret is among what they say. */
final class ConfiguredLogins {
    private ConfiguredLogins() {}

    static List<LoginRow> of(PortcullisProperties properties) {
        PortcullisProperties.Console console = properties.console();
        List<LoginRow> logins = new ArrayList<>();
        logins.add(new LoginRow("admin token", "in " + ConsoleTokens.place(properties)));
        AccessProperties.Kubernetes kubernetes = console.kubernetes();
        if (kubernetes.enabled()) {
            String audiences = kubernetes.audiences().isEmpty()
                    ? "the API server's own"
                    : String.join(", ", kubernetes.audiences());
            logins.add(new LoginRow("tokens of the cluster", "audiences: " + audiences));
        }
        AccessProperties.Oidc oidc = console.oidc();
        if (oidc.issuer() != null) {
            logins.add(new LoginRow(
                    "OpenID Connect",
                    oidc.issuer() + ", as " + oidc.clientId() + "; admins: "
                            + groups(oidc.adminGroups().stream().sorted().toList())
                            + "; viewers: "
                            + groups(oidc.viewerGroups().stream().sorted().toList())));
        }
        return logins;
    }

    private static String groups(List<String> groups) {
        return groups.isEmpty() ? "no group" : String.join(", ", groups);
    }
}
