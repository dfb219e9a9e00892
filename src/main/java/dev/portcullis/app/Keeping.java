package dev.portcullis.app;

import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.Decided;
import dev.portcullis.admission.Refused;
import dev.portcullis.admission.Route;
import dev.portcullis.app.tls.ServingCertificate;
import dev.portcullis.engine.EngineCall;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.history.Delivery;
import dev.portcullis.history.Entries;
import dev.portcullis.history.GateState;
import dev.portcullis.history.HandOver;
import dev.portcullis.history.History;
import dev.portcullis.history.Recorder;
import dev.portcullis.history.Settings;
import dev.portcullis.history.Source;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.review.ContainerEvents;
import dev.portcullis.scan.Told;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands decisions to the history, here or elsewhere. Nothing is made of them on their way: that is left to its own thread.
 *
 * @param history null where nothing is kept here
 * @param recorder what takes decisions; null where nobody does
 */
record Keeping(@Nullable History history, @Nullable Recorder recorder, Entries entries, InstantSource clock)
        implements AutoCloseable {
    static Keeping of(
            PortcullisProperties properties,
            ServingCertificate certificate,
            Supplier<PolicySet> policies,
            MeterRegistry registry) {
        HistoryProperties wanted = properties.history();
        InstantSource clock = InstantSource.system();
        Entries entries = new Entries(properties.clusterName(), wanted.bodies().toBytes() > 0);
        Supplier<GateState> itself = itself(properties.clusterName(), certificate, policies);
        URI console = properties.handover().to();
        if (console != null) {
            Delivery delivery = new ConsoleDelivery(console, certificate::peers);
            Path counts = properties.data().resolve("handover").resolve("taken");
            return new Keeping(null, HandOver.start(delivery, counts, clock, registry, itself), entries, clock);
        }
        if (!properties.answersPeople()) {
            return new Keeping(null, null, entries, clock);
        }
        boolean decides = properties.has(PortcullisProperties.Role.GATE);
        Settings settings = wanted.settings(properties.data(), decides);
        History history =
                decides ? History.open(settings, clock, registry, itself) : History.open(settings, clock, registry);
        return new Keeping(history, history, entries, clock);
    }

    private static Supplier<GateState> itself(
            String cluster, ServingCertificate certificate, Supplier<PolicySet> policies) {
        String instance = Instance.name();
        String version = Keeping.class.getPackage().getImplementationVersion();
        return () -> new GateState(
                cluster,
                instance,
                version,
                policies.get().version(),
                certificate.isProvisional()
                        ? null
                        : certificate.leaf().getNotAfter().toInstant());
    }

    /** Keeps what API servers are answered. */
    AdmissionEvents admissions(AdmissionEvents next) {
        return recorder == null ? next : new KeptAdmissions(next, recorder);
    }

    /** Keeps what ContainerReviews are answered. */
    ContainerEvents containers() {
        return recorder == null ? ContainerEvents.NONE : new KeptContainers(recorder);
    }

    /** Keeps what runs, from now on. */
    Told workloads() {
        return history == null ? Told.NOBODY : new KeptWorkloads(history, entries.cluster(), clock);
    }

    /** Keeps what an engine is answered, unless its route alone decided. */
    void keep(EngineCall call, EngineVerdict verdict, Duration took) {
        if (recorder != null && verdict.basis() != EngineVerdict.Basis.ROUTE) {
            Instant now = clock.instant();
            recorder.record(call.body().length, () -> entries.of(call, verdict, now, took));
        }
    }

    @Override
    public void close() {
        switch (recorder) {
            case History kept -> kept.close();
            case HandOver handing -> handing.close();
            case null, default -> {
                // nothing was begun
            }
        }
    }

    private final class KeptAdmissions implements AdmissionEvents {
        private final AdmissionEvents next;
        private final Recorder recorder;

        KeptAdmissions(AdmissionEvents next, Recorder recorder) {
            this.next = next;
            this.recorder = recorder;
        }

        @Override
        public void decided(Decided decided) {
            next.decided(decided);
            if (!decided.request().dryRun()) {
                Instant now = clock.instant();
                byte[] body = decided.body();
                Report report = decided.report();
                Duration took = decided.took();
                recorder.record(body.length, () -> entries.of(body, report, now, took));
            }
        }

        @Override
        public void refused(Refused refused) {
            next.refused(refused);
            if (refused.route() == Route.VALIDATE) {
                Instant now = clock.instant();
                recorder.record(0, () -> entries.refused(Source.ADMISSION, refused.uid(), now, refused.message()));
            }
        }

        @Override
        public void unjudged() {
            next.unjudged();
        }

        @Override
        public void patched(int operations) {
            next.patched(operations);
        }
    }

    private final class KeptContainers implements ContainerEvents {
        private final Recorder recorder;

        KeptContainers(Recorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public void decided(ContainerEvents.Decided decided) {
            Instant now = clock.instant();
            recorder.record(
                    decided.body().length,
                    () -> entries.of(
                            decided.uid(),
                            decided.operation(),
                            decided.user(),
                            decided.body(),
                            decided.report(),
                            now,
                            decided.took()));
        }

        @Override
        public void refused(String uid, String message) {
            Instant now = clock.instant();
            recorder.record(0, () -> entries.refused(Source.CONTAINER, uid, now, message));
        }
    }
}
