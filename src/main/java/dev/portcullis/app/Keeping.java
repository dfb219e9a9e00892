package dev.portcullis.app;

import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.Decided;
import dev.portcullis.admission.Refused;
import dev.portcullis.admission.Route;
import dev.portcullis.engine.EngineCall;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.history.Entries;
import dev.portcullis.history.History;
import dev.portcullis.history.Source;
import dev.portcullis.policy.Report;
import dev.portcullis.review.ContainerEvents;
import dev.portcullis.scan.Told;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Hands decisions to the history, if there is one. Nothing is made of them on their way: that is left to its own thread.
 *
 * @param history null where nothing is kept
 */
record Keeping(@Nullable History history, Entries entries, InstantSource clock) implements AutoCloseable {
    static Keeping of(PortcullisProperties properties, MeterRegistry registry) {
        HistoryProperties wanted = properties.history();
        InstantSource clock = InstantSource.system();
        Entries entries = new Entries(properties.clusterName(), wanted.bodies().toBytes() > 0);
        History history =
                properties.answersPeople() ? History.open(wanted.settings(properties.data()), clock, registry) : null;
        return new Keeping(history, entries, clock);
    }

    /** Keeps what API servers are answered. */
    AdmissionEvents admissions(AdmissionEvents next) {
        return history == null ? next : new KeptAdmissions(next, history);
    }

    /** Keeps what ContainerReviews are answered. */
    ContainerEvents containers() {
        return history == null ? ContainerEvents.NONE : new KeptContainers(history);
    }

    /** Keeps what runs, from now on. */
    Told workloads() {
        return history == null ? Told.NOBODY : new KeptWorkloads(history, entries.cluster(), clock);
    }

    /** Keeps what an engine is answered, unless its route alone decided. */
    void keep(EngineCall call, EngineVerdict verdict, Duration took) {
        if (history != null && verdict.basis() != EngineVerdict.Basis.ROUTE) {
            Instant now = clock.instant();
            history.record(call.body().length, () -> entries.of(call, verdict, now, took));
        }
    }

    @Override
    public void close() {
        if (history != null) {
            history.close();
        }
    }

    private final class KeptAdmissions implements AdmissionEvents {
        private final AdmissionEvents next;
        private final History history;

        KeptAdmissions(AdmissionEvents next, History history) {
            this.next = next;
            this.history = history;
        }

        @Override
        public void decided(Decided decided) {
            next.decided(decided);
            if (!decided.request().dryRun()) {
                Instant now = clock.instant();
                byte[] body = decided.body();
                Report report = decided.report();
                Duration took = decided.took();
                history.record(body.length, () -> entries.of(body, report, now, took));
            }
        }

        @Override
        public void refused(Refused refused) {
            next.refused(refused);
            if (refused.route() == Route.VALIDATE) {
                Instant now = clock.instant();
                history.record(0, () -> entries.refused(Source.ADMISSION, refused.uid(), now, refused.message()));
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
        private final History history;

        KeptContainers(History history) {
            this.history = history;
        }

        @Override
        public void decided(ContainerEvents.Decided decided) {
            Instant now = clock.instant();
            history.record(
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
            history.record(0, () -> entries.refused(Source.CONTAINER, uid, now, message));
        }
    }
}
