package dev.portcullis.app;

import dev.portcullis.admission.AdmissionRoutes;
import dev.portcullis.admission.AdmissionService;
import dev.portcullis.app.PortcullisProperties.Role;
import dev.portcullis.app.tls.ServingCertificate;
import dev.portcullis.app.tls.SharedCertificate;
import dev.portcullis.app.tls.TrustedClients;
import dev.portcullis.app.tls.UnusableCertificateException;
import dev.portcullis.app.tracing.Tracing;
import dev.portcullis.authz.PluginRoutes;
import dev.portcullis.engine.EngineDecider;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.ByteBudget;
import dev.portcullis.http.Clients;
import dev.portcullis.http.Edge;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Measuring;
import dev.portcullis.registration.SharedSecret;
import dev.portcullis.review.ReviewPool;
import dev.portcullis.review.ReviewRoutes;
import dev.portcullis.review.ReviewService;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the server together, bean by bean: no auto-configuration, so that nothing listens, answers or starts that is not
 * written here.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PortcullisProperties.class)
class ServerConfiguration {
    @Bean
    ApplicationAvailabilityBean availability() {
        return new ApplicationAvailabilityBean();
    }

    @Bean
    PrometheusMeterRegistry metrics(PortcullisProperties properties) {
        return properties.tracing().endpoint() == null
                ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)
                : new PrometheusMeterRegistry(
                        PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, Tracing.exemplars());
    }

    @Bean
    JvmGcMetrics jvmMetrics(PrometheusMeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        JvmGcMetrics collections = new JvmGcMetrics();
        collections.bindTo(registry);
        return collections;
    }

    @Bean
    ServingCertificate certificate(PortcullisProperties properties, ObjectProvider<Guarded> guarded) {
        try {
            return load(properties, guarded);
        } catch (UnusableCertificateException e) {
            throw new MisconfiguredException(e.sentence(), e);
        }
    }

    /** Not before the web server listens, which may miss a change while it starts. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> watching(
            ServingCertificate certificate, PrometheusMeterRegistry registry) {
        return _ -> certificate.watch(registry);
    }

    private static ServingCertificate load(PortcullisProperties properties, ObjectProvider<Guarded> guarded)
            throws UnusableCertificateException {
        PortcullisProperties.Tls tls = properties.tls();
        TrustedClients clients = new TrustedClients(
                properties.admission().clientCa(), properties.handover().accept());
        if (tls.certificate() != null && tls.key() != null) {
            // What others alone are checked by cannot keep this from serving.
            Path authority = properties.handover().isUsed() ? tls.authority() : null;
            return ServingCertificate.ofFiles(tls.certificate(), tls.key(), authority, clients);
        }
        if (tls.secret() != null) {
            Guarded found = guarded.getIfAvailable();
            if (found == null || found.cluster() == null) {
                throw new MisconfiguredException(
                        "portcullis.tls.secret needs a cluster: give --kubeconfig, or run in a pod");
            }
            SharedSecret secret = Registering.secret(tls.secret(), properties, found.cluster());
            return ServingCertificate.shared(new SecretStore(secret), secret.toString(), clients);
        }
        return ServingCertificate.selfSigned(properties.data().resolve("tls"), names(properties), clients);
    }

    private static Set<String> names(PortcullisProperties properties) {
        Set<String> names = new TreeSet<>(properties.admission().dnsNames());
        URI url = properties.webhook().url();
        if (url != null && !SharedCertificate.isAddress(url.getHost())) {
            names.add(url.getHost());
        }
        return names;
    }

    @Bean
    EngineNotice engineNotice(PortcullisProperties properties) {
        return EngineNotice.of(properties.docker());
    }

    @Bean
    Drain drain(PortcullisProperties properties) {
        return new Drain(properties.drainTime());
    }

    @Bean
    Listeners listeners(PortcullisProperties properties) {
        return new Listeners(properties);
    }

    @Bean
    TomcatServletWebServerFactory webServer(Listeners listeners, ServingCertificate certificate) {
        return listeners.factory(certificate);
    }

    /** Null where no receiver is named. */
    @Bean
    @Nullable Tracing tracing(PortcullisProperties properties, PrometheusMeterRegistry registry) {
        PortcullisProperties.Tracing asked = properties.tracing();
        return asked.endpoint() == null ? null : Tracing.to(asked.endpoint(), asked.ratio(), registry);
    }

    @Bean
    ReviewPool reviewPool(PortcullisProperties properties) {
        return new ReviewPool(properties.review().threads(), properties.review().waiting());
    }

    @Bean
    ServletRegistrationBean<Edge> edge(
            PortcullisProperties properties,
            PrometheusMeterRegistry registry,
            ApplicationAvailability availability,
            ObjectProvider<Readiness> readiness,
            AdmissionService admission,
            ReviewService review,
            EngineDecider engine,
            Drain drain,
            EngineNotice notice,
            ReviewPool pool,
            ObjectProvider<Tracing> tracing,
            ObjectProvider<ConsoleRoutes> console,
            ServingCertificate certificate) {
        int limit = properties.admission().bodyLimitBytes();
        BodyReader admissions =
                reader(properties, registry, "admission", properties.admission().inFlight());
        BodyReader dryRuns =
                reader(properties, registry, "review", properties.review().inFlight(limit));
        List<HttpRoute> routes = new ArrayList<>();
        Clients clients = properties.admission().clientCa() == null
                ? Clients.ANYBODY
                : Clients.verified(properties.admission().clientNames());
        Tracing spans = tracing.getIfAvailable();
        if (properties.has(Role.GATE)) {
            AdmissionRoutes.of(admission, admissions, clients).stream()
                    .map(route -> spans == null ? route : spans.traced(route))
                    .forEach(routes::add);
            routes.addAll(PluginRoutes.of(engine, admissions, notice::begin));
        }
        ConsoleRoutes asked = console.getIfAvailable(ConsoleRoutes::none);
        routes.addAll(asked.routes());
        routes.addAll(asked.ofGates(admissions, Clients.like(certificate::leaf)));
        routes.addAll(ReviewRoutes.of(review, dryRuns, admissions, pool));
        if (!asked.routes().isEmpty()) {
            routes.add(ReviewRoutes.ofConsole(review, dryRuns, admissions, pool));
        }
        routes.addAll(
                new ManagementRoutes(availability, readiness.getIfAvailable(() -> () -> null), registry).routes());
        var registration = new ServletRegistrationBean<>(
                new Edge(routes, drain, registry, spans == null ? Measuring.PLAIN : spans::around), "/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    private static BodyReader reader(
            PortcullisProperties properties, PrometheusMeterRegistry registry, String name, long inFlight) {
        ByteBudget budget = new ByteBudget(inFlight);
        Gauge.builder("portcullis.http.body.in.flight", budget, ByteBudget::used)
                .description("Bytes of bodies being read or judged")
                .baseUnit("bytes")
                .tag("budget", name)
                .register(registry);
        return new BodyReader(
                properties.admission().bodyLimitBytes(),
                budget,
                properties.admission().bodyTimeout());
    }
}
