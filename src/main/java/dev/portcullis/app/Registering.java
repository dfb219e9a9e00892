package dev.portcullis.app;

import dev.portcullis.app.tls.ServingCertificate;
import dev.portcullis.app.tls.SharedCertificate;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.registration.Registrar;
import dev.portcullis.registration.Registration;
import dev.portcullis.registration.SharedSecret;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps this gate registered with the cluster's API servers, where that is asked for. */
final class Registering implements AutoCloseable {
    private static final String DEFAULT_NAMESPACE = "default";

    private final @Nullable Registrar registrar;

    private Registering(@Nullable Registrar registrar) {
        this.registrar = registrar;
    }

    /** @param ready whether this gate can answer, once the server has started */
    static Registering of(
            PortcullisProperties properties,
            Guarded guarded,
            Policies policies,
            ServingCertificate certificate,
            BooleanSupplier ready,
            MeterRegistry registry) {
        if (!properties.webhook().isKept() || !properties.has(PortcullisProperties.Role.GATE)) {
            return new Registering(null);
        }
        Cluster cluster = guarded.cluster();
        if (cluster == null) {
            throw new MisconfiguredException("a webhook needs a cluster: give --kubeconfig, or run in a pod");
        }
        Registration registration = registration(properties, cluster);
        return new Registering(new Registrar(
                cluster.client(),
                registration,
                identity(),
                policies.inForce(),
                ready,
                authorities(properties, cluster, registration, certificate),
                InstantSource.system(),
                registry));
    }

    void start() {
        if (registrar != null) {
            registrar.start();
        }
    }

    private static Registration registration(PortcullisProperties properties, Cluster cluster) {
        PortcullisProperties.Webhook webhook = properties.webhook();
        Registration.Target target = webhook.url() == null
                ? new Registration.Service(Objects.requireNonNull(webhook.service()))
                : new Registration.Url(webhook.url());
        return new Registration(
                webhook.name(),
                namespace(properties, cluster),
                target,
                webhook.validateFailurePolicy(),
                webhook.mutateFailurePolicy(),
                webhook.excludeNamespaces(),
                webhook.owner());
    }

    static String namespace(PortcullisProperties properties, Cluster cluster) {
        if (properties.namespace() != null) {
            return properties.namespace();
        }
        return Objects.requireNonNullElse(cluster.namespace(), DEFAULT_NAMESPACE);
    }

    /** The Secret in which gates keep their certificate. */
    static SharedSecret secret(String name, PortcullisProperties properties, Cluster cluster) {
        return new SharedSecret(cluster.client(), namespace(properties, cluster), name);
    }

    private static Registrar.Authorities authorities(
            PortcullisProperties properties,
            Cluster cluster,
            Registration registration,
            ServingCertificate certificate) {
        String secret = properties.tls().secret();
        if (secret != null) {
            SharedCertificate shared = new SharedCertificate(
                    new SecretStore(secret(secret, properties, cluster)), names(properties, registration));
            InstantSource clock = InstantSource.system();
            return spread -> {
                String bundle = shared.keep(clock.instant(), spread);
                if (bundle == null) {
                    throw new IllegalStateException("another gate writes the certificate; it is looked at again");
                }
                return bundle;
            };
        }
        Path given = properties.tls().authority();
        Path file = given == null ? certificate.authority() : given;
        return _ -> file == null ? null : text(file);
    }

    /** By which API servers call: they verify the name of the Service, or the host of the URL. */
    private static List<String> names(PortcullisProperties properties, Registration registration) {
        List<String> names = new ArrayList<>(properties.admission().dnsNames());
        switch (registration.target()) {
            case Registration.Service(String name) -> {
                String qualified = name + "." + registration.namespace() + ".svc";
                names.addAll(List.of(qualified, qualified + ".cluster.local"));
            }
            case Registration.Url(URI base) -> names.add(base.getHost());
        }
        return names;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }

    /** A pod's name, which is its host's, and what tells two processes of one host apart. */
    static String identity() {
        return Instance.machine() + "_" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Override
    public void close() {
        if (registrar != null) {
            registrar.close();
        }
    }
}
