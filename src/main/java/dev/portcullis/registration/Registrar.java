package dev.portcullis.registration;

import dev.portcullis.cluster.Leadership;
import dev.portcullis.policy.PolicySet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps both webhook configurations as they should be while this gate leads: looks at them every few seconds, and puts back
 * what somebody deleted or edited, unless the gate is held open.
 */
public final class Registrar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    static final String LEASE = "portcullis-gate";
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** API servers learn of a new bundle by a watch, well within this. */
    private static final Duration SPREAD = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Registration registration;
    private final Supplier<PolicySet> inForce;
    private final BooleanSupplier ready;
    private final Authorities authorities;
    private final InstantSource clock;
    private final Leadership leadership;
    private final Hold hold;
    private final ConfigurationKeeper keeper;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("registration").daemon().factory());
    private final Counter repairs;
    private @Nullable String spreading;
    private Instant spreadingSince = Instant.EPOCH;
    private @Nullable Instant heldUntil;
    private @Nullable String complaint;
    private volatile boolean registered;

    /** Whom API servers shall trust, kept up by the gate that leads. */
    @FunctionalInterface
    public interface Authorities {
        /**
         * Does what is due, and gives PEM of the CAs; null for those of the API servers' system.
         *
         * @param spread PEM of the CAs that API servers have been told of, for long enough to have heard it; null where
         *     that is not known
         */
        @Nullable String keep(@Nullable String spread);
    }

    /**
     * Begins with {@link #start()}.
     *
     * @param identity of this gate, which no other has
     * @param ready whether this gate can answer
     */
    public Registrar(
            KubernetesClient client,
            Registration registration,
            String identity,
            Supplier<PolicySet> inForce,
            BooleanSupplier ready,
            Authorities authorities,
            InstantSource clock,
            MeterRegistry registry) {
        this.client = client;
        this.registration = registration;
        this.inForce = inForce;
        this.ready = ready;
        this.authorities = authorities;
        this.clock = clock;
        this.hold = new Hold(client, registration.namespace());
        this.keeper = new ConfigurationKeeper(client, registration);
        this.leadership = new Leadership(
                client,
                registration.namespace(),
                LEASE,
                identity,
                "keeps certificates and webhook configurations",
                () -> thread.execute(this::look),
                () -> {});
        this.repairs = Counter.builder("portcullis.webhook.repairs")
                .description("Webhook configurations put back after somebody deleted or edited them")
                .register(registry);
        Gauge.builder("portcullis.webhook.registered", this, self -> self.registered ? 1 : 0)
                .description("1 on the gate that leads while both webhook configurations are as they should be")
                .register(registry);
        Gauge.builder("portcullis.leader", this, self -> self.leadership.isLeading() ? 1 : 0)
                .description("1 on the gate that leads")
                .register(registry);
    }

    /** Takes part in the election of who leads, and looks every few seconds. */
    public void start() {
        leadership.start();
        var _ = thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        leadership.close();
    }

    // Whatever goes wrong is tried again.
    @SuppressWarnings("CatchingUnchecked")
    private void look() {
        if (!leadership.isLeading()) {
            registered = false;
            keeper.forget();
            return;
        }
        try {
            Instant now = clock.instant();
            String bundle = authorities.keep(spread(now));
            registered = !isHeld(now) && ready.getAsBoolean() && keep(bundle);
            if (registered) {
                note(bundle, now);
            }
            complaint = null;
        } catch (RuntimeException failed) {
            registered = false;
            complain(failed);
        }
    }

    private void complain(RuntimeException failed) {
        String reason = failed instanceof KubernetesClientException refused && refused.getCode() == 403
                ? "it is forbidden: " + refused.getStatus().getMessage()
                : String.valueOf(failed.getMessage());
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.error("the webhook configurations cannot be kept: {}", reason);
        }
    }

    private @Nullable String spread(Instant now) {
        return spreadingSince.plus(SPREAD).isBefore(now) ? spreading : null;
    }

    private void note(@Nullable String bundle, Instant now) {
        if (!Objects.equals(bundle, spreading)) {
            spreading = bundle;
            spreadingSince = now;
        }
    }

    private boolean isHeld(Instant now) {
        Instant until = hold.until(now);
        if (until != null && !until.equals(heldUntil)) {
            LOG.warn("the gate is held open until {}: nothing is registered; portcullis install ends it", until);
            keeper.forget();
        }
        if (until == null && heldUntil != null) {
            LOG.info("the gate is no longer held open");
        }
        heldUntil = until;
        return until != null;
    }

    private boolean keep(@Nullable String bundle) {
        if (!keeper.knowsAny() && !isReachable()) {
            return false;
        }
        for (Configuration configuration : Configuration.values()) {
            tell(
                    configuration,
                    keeper.keep(configuration, configuration.webhooks(registration, inForce.get(), bundle)));
        }
        return true;
    }

    private void tell(Configuration configuration, ConfigurationKeeper.Change change) {
        switch (change) {
            case NONE -> {}
            case CREATED -> LOG.info("made {} {}", configuration.kind(), registration.name());
            case REPLACED -> LOG.info("updated {} {}", configuration.kind(), registration.name());
            case REPAIRED -> {
                repairs.increment();
                LOG.error(
                        "{} {} was deleted or edited, and has been put back: to open the gate, use portcullis release",
                        configuration.kind(),
                        registration.name());
            }
        }
    }

    /** A configuration must not come before what it sends requests to. */
    private boolean isReachable() {
        if (!(registration.target() instanceof Registration.Service(String name))) {
            return true;
        }
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(registration.namespace())
                .withLabel("kubernetes.io/service-name", name)
                .list()
                .getItems()
                .stream()
                .anyMatch(Registrar::hasReadyEndpoint);
    }

    private static boolean hasReadyEndpoint(EndpointSlice slice) {
        return slice.getEndpoints() != null
                && slice.getEndpoints().stream()
                        .anyMatch(endpoint -> endpoint.getConditions() == null
                                || !Boolean.FALSE.equals(
                                        endpoint.getConditions().getReady()));
    }
}
