package dev.portcullis.app;

import dev.portcullis.access.AuditEvent;
import dev.portcullis.access.ConsoleSecurity;
import dev.portcullis.access.KubernetesPeople;
import dev.portcullis.access.OidcSettings;
import dev.portcullis.access.Sessions;
import dev.portcullis.app.tls.Authorities;
import dev.portcullis.app.tls.UnusableCertificateException;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.history.AuditEntry;
import dev.portcullis.history.History;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together who may see the console. Where there is none, nothing of it is there. */
@Configuration(proxyBeanMethods = false)
class ConsoleAccess {
    private static final long LONGEST_SECRET = 4_096;

    /** Sessions are known by a cookie alone, which browsers send to this console from its own pages alone. */
    @Bean
    ServletContextInitializer sessions(PortcullisProperties properties, Sessions sessions) {
        return context -> {
            if (properties.answersPeople()) {
                context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
                var cookie = context.getSessionCookieConfig();
                cookie.setName(ConsoleSecurity.COOKIE);
                cookie.setPath("/");
                cookie.setHttpOnly(true);
                cookie.setSecure(true);
                cookie.setAttribute("SameSite", "Strict");
                context.addListener(sessions);
            }
        };
    }

    @Bean
    Sessions openSessions(PortcullisProperties properties) {
        AccessProperties.Session session = properties.console().session();
        return new Sessions(session.idle(), session.lifetime(), InstantSource.system());
    }

    @Bean
    FilterRegistrationBean<Filter> consoleSecurity(
            PortcullisProperties properties,
            Guarded guarded,
            ConsoleRoutes routes,
            Keeping keeping,
            Sessions sessions,
            MeterRegistry registry) {
        if (routes.routes().isEmpty()) {
            FilterRegistrationBean<Filter> none = new FilterRegistrationBean<>((request, response, chain) -> {});
            none.setEnabled(false);
            return none;
        }
        InstantSource clock = InstantSource.system();
        ConsoleTokens tokens = ConsoleTokens.of(properties, guarded);
        ConsoleSecurity security = new ConsoleSecurity(
                tokens.admin(),
                tokens.hosts(),
                people(properties, guarded, clock),
                provider(properties),
                sessions,
                trail(keeping, clock),
                clock,
                registry);
        return new FilterRegistrationBean<>(security.filter(routes.narrowed()));
    }

    private static Consumer<AuditEvent> trail(Keeping keeping, InstantSource clock) {
        History history = Objects.requireNonNull(keeping.history());
        return event -> history.audit(new AuditEntry(
                clock.instant(),
                event.action().id(),
                event.name(),
                event.way(),
                event.address(),
                event.route(),
                event.target(),
                event.result()));
    }

    private static @Nullable KubernetesPeople people(
            PortcullisProperties properties, Guarded guarded, InstantSource clock) {
        AccessProperties.Kubernetes kubernetes = properties.console().kubernetes();
        if (!kubernetes.enabled()) {
            return null;
        }
        Cluster cluster = guarded.cluster();
        if (cluster == null) {
            throw new MisconfiguredException(
                    "portcullis.console.kubernetes.enabled needs a cluster: give --kubeconfig, or run in a pod");
        }
        return new KubernetesPeople(cluster.client(), kubernetes.audiences(), clock);
    }

    private static @Nullable OidcSettings provider(PortcullisProperties properties) {
        AccessProperties.Oidc oidc = properties.console().oidc();
        URI issuer = oidc.issuer();
        return issuer == null
                ? null
                : new OidcSettings(
                        issuer,
                        Objects.requireNonNull(properties.console().url()),
                        oidc.clientId(),
                        oidc.clientSecretFile() == null ? null : secret(oidc.clientSecretFile()),
                        oidc.ca() == null ? null : trusting(oidc.ca()),
                        oidc.scopes(),
                        oidc.nameClaim(),
                        oidc.groupsClaim(),
                        oidc.adminGroups(),
                        oidc.viewerGroups(),
                        oidc.namespacesClaim(),
                        oidc.groupNamespaces());
    }

    private static SSLContext trusting(Path file) {
        try {
            return Authorities.in(file);
        } catch (UnusableCertificateException unusable) {
            throw new MisconfiguredException(
                    "portcullis.console.oidc.ca cannot be used: " + unusable.sentence(), unusable);
        }
    }

    private static String secret(Path file) {
        try {
            String secret = Files.size(file) > LONGEST_SECRET
                    ? ""
                    : Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new IOException(file + " is empty, or too long for a secret");
            }
            return secret;
        } catch (IOException unreadable) {
            throw new MisconfiguredException(
                    "portcullis.console.oidc.client-secret-file cannot be used: " + unreadable, unreadable);
        }
    }
}
