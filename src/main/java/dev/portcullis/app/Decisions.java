package dev.portcullis.app;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.AdmissionService;
import dev.portcullis.app.tls.ServingCertificate;
import dev.portcullis.app.tracing.TracedDecisions;
import dev.portcullis.app.tracing.Tracing;
import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.WorkloadEvents;
import dev.portcullis.engine.EngineClient;
import dev.portcullis.engine.EngineDecider;
import dev.portcullis.engine.EngineGate;
import dev.portcullis.inspection.Premises;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.live.ExemptionUse;
import dev.portcullis.review.ReviewService;
import dev.portcullis.review.Reviews;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts together what decides: the policies in force, what is known of the cluster, and those who ask them. */
@Configuration(proxyBeanMethods = false)
@Import(ConsoleAccess.class)
class Decisions {
    @Bean
    ExemptionUse exemptionUse() {
        return new ExemptionUse();
    }

    @Bean
    Guarded guarded(PortcullisProperties properties, MeterRegistry registry) {
        return Guarded.by(properties, registry);
    }

    @Bean
    Policies policies(PortcullisProperties properties, Guarded guarded, MeterRegistry registry, ExemptionUse use) {
        return Policies.of(properties, guarded, registry, use);
    }

    @Bean
    Digests digests(PortcullisProperties properties, MeterRegistry registry) {
        return Digests.of(properties, registry);
    }

    @Bean
    Keeping keeping(
            PortcullisProperties properties,
            ServingCertificate certificate,
            Policies policies,
            MeterRegistry registry) {
        return Keeping.of(properties, certificate, policies.inForce(), registry);
    }

    @Bean
    Notifying notifying(PortcullisProperties properties, Keeping keeping, Policies policies, MeterRegistry registry) {
        return Notifying.of(properties, keeping, policies, registry);
    }

    @Bean
    ConsoleRoutes console(
            PortcullisProperties properties, Keeping keeping, Policies policies, Guarded guarded, Notifying notifying) {
        return ConsoleRoutes.of(properties, keeping, policies, guarded, notifying);
    }

    @Bean
    Readiness readiness(Policies policies, ServingCertificate certificate) {
        return () -> {
            String awaited = policies.readiness().waitingFor();
            return awaited == null && certificate.isProvisional() ? "its certificate" : awaited;
        };
    }

    @Bean
    Registering registering(
            PortcullisProperties properties,
            Guarded guarded,
            Policies policies,
            Readiness readiness,
            ServingCertificate certificate,
            ApplicationAvailability availability,
            MeterRegistry registry) {
        BooleanSupplier ready = () ->
                availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && readiness.waitingFor() == null;
        return Registering.of(properties, guarded, policies, certificate, ready, registry);
    }

    @Bean
    Scanning scanning(
            PortcullisProperties properties,
            Guarded guarded,
            Policies policies,
            Digests digests,
            Keeping keeping,
            MeterRegistry registry) {
        return Scanning.of(properties, guarded, policies, digests, keeping, registry);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> beginning(
            Registering registering, Scanning scanning, Notifying notifying) {
        return _ -> {
            registering.start();
            scanning.start();
            notifying.start();
        };
    }

    /** Null where nobody is to be told. */
    @Bean
    @Nullable WorkloadEvents workloadEvents(PortcullisProperties properties, Guarded guarded, MeterRegistry registry) {
        Cluster cluster = guarded.cluster();
        if (cluster == null || !properties.events().enabled()) {
            return null;
        }
        WorkloadEvents events =
                new WorkloadEvents(cluster.client(), Registering.identity(), InstantSource.system(), registry);
        events.start();
        return events;
    }

    @Bean
    AdmissionService admission(
            Policies policies,
            Guarded guarded,
            Digests digests,
            Keeping keeping,
            MeterRegistry registry,
            ExemptionUse use,
            ObjectProvider<WorkloadEvents> told,
            ObjectProvider<Tracing> tracing) {
        AdmissionEvents counted = new DecisionLog(new DecisionMetrics(registry, use));
        AdmissionEvents decided = tracing.getIfAvailable() == null ? counted : new TracedDecisions(counted);
        WorkloadEvents events = told.getIfAvailable();
        Cluster cluster = guarded.cluster();
        Admission admission = new Admission(
                policies.inForce(),
                cluster == null ? ClusterKnowledge.MISSING : cluster,
                digests.forDecisions(),
                InstantSource.system(),
                keeping.admissions(
                        events == null ? decided : new DenialEvents(decided, events::tell, InstantSource.system())));
        return new ReadyAdmission(admission, policies.readiness());
    }

    @Bean
    EngineDecider engine(
            PortcullisProperties properties,
            Policies policies,
            Digests digests,
            Keeping keeping,
            MeterRegistry registry,
            ExemptionUse use) {
        EngineGate gate = new EngineGate(
                policies.inForce(),
                new EngineClient(properties.docker().engine()),
                digests.forDecisions(),
                InstantSource.system());
        return new EngineDecisions(gate, policies.readiness(), new DecisionMetrics(registry, use), keeping, registry);
    }

    @Bean
    ReviewService reviews(Policies policies, Guarded guarded, Digests digests, Keeping keeping) {
        Cluster cluster = guarded.cluster();
        Premises known = Premises.NONE.resolving(digests.forDryRuns());
        Premises premises = cluster == null ? known : known.in(cluster.asKept());
        return new ReadyReviews(
                new Reviews(policies.inForce(), premises, digests.forDecisions(), keeping.containers()),
                policies.readiness());
    }
}
