package dev.portcullis.app;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.Following;
import dev.portcullis.cluster.Kubelets;
import dev.portcullis.cluster.Leadership;
import dev.portcullis.cluster.ListingException;
import dev.portcullis.reports.Form;
import dev.portcullis.reports.ReportKeeper;
import dev.portcullis.reports.ReportMetrics;
import dev.portcullis.scan.Judging;
import dev.portcullis.scan.LiveSurvey;
import dev.portcullis.scan.ObjectKey;
import dev.portcullis.scan.ScanMetrics;
import dev.portcullis.scan.Told;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the cluster while this process leads, and keeps reports of it where the cluster knows their kinds. */
final class LeadingScan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeadingScan.class);
    private static final String LEASE = "portcullis-console";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LOOK_FOR_KINDS = Duration.ofSeconds(20);

    private final Keeping keeping;
    private final Cluster cluster;
    private final Readiness readiness;
    private final Judging judging;
    private final PortcullisProperties properties;
    private final ScanMetrics metrics;
    private final ReportMetrics reportMetrics;
    private final Leadership leadership;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("scanning").daemon().factory());

    /** What ends with the leadership, the last first; used by one thread. */
    private final List<AutoCloseable> running = new ArrayList<>();

    private @Nullable Form form;
    private long nextLook;
    private boolean told;

    LeadingScan(
            Cluster cluster,
            PortcullisProperties properties,
            Policies policies,
            Digests digests,
            Keeping keeping,
            MeterRegistry registry) {
        this.keeping = keeping;
        this.cluster = cluster;
        this.properties = properties;
        this.readiness = policies.readiness();
        this.judging = new Judging(policies.inForce(), cluster, digests.forDryRuns(), InstantSource.system());
        this.metrics = new ScanMetrics(registry);
        this.reportMetrics = new ReportMetrics(registry);
        this.leadership = new Leadership(
                cluster.client(),
                Registering.namespace(properties, cluster),
                LEASE,
                Registering.identity(),
                "looks at the cluster and writes reports",
                () -> {},
                this::endSoon);
        Gauge.builder("portcullis.scan.leader", leadership, lead -> lead.isLeading() ? 1 : 0)
                .description("1 on the process that looks at the cluster")
                .register(registry);
    }

    void start() {
        leadership.start();
        var _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    // Whatever goes wrong is tried again.
    @SuppressWarnings("CatchingUnchecked")
    private void look() {
        try {
            if (!leadership.isLeading()) {
                end();
            } else if (running.isEmpty() && readiness.waitingFor() == null) {
                begin();
            } else if (!running.isEmpty()
                    && form == null
                    && properties.reports().enabled()) {
                lookForKinds();
            }
        } catch (ListingException | RuntimeException failed) {
            LOG.warn("the cluster cannot be looked at: {}", String.valueOf(failed.getMessage()));
            end();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() throws ListingException, InterruptedException {
        CompletableFuture<LiveSurvey> survey = new CompletableFuture<>();
        form = properties.reports().enabled() ? known() : null;
        Told reports = form == null ? Told.NOBODY : keeper(form, key -> tellAgain(survey, key));
        Told told = Told.both(reports, keeping.workloads());
        LiveSurvey live = new LiveSurvey(
                cluster, judging, kubelets(), told, properties.scan().interval(), metrics);
        survey.complete(live);
        running.add(live);
        live.start();
    }

    private @Nullable Kubelets kubelets() {
        return properties.scan().kubelets() ? cluster.kubelets(properties.scan().kubeletCa()) : null;
    }

    private static void tellAgain(CompletableFuture<LiveSurvey> survey, ObjectKey key) {
        LiveSurvey begun = survey.getNow(null);
        if (begun != null) {
            begun.tellAgain(key);
        }
    }

    private @Nullable Form known() throws ListingException {
        nextLook = System.nanoTime() + LOOK_FOR_KINDS.toNanos();
        for (Form wanted : properties.reports().form().wanted()) {
            if (cluster.listing().serves(wanted.kind()) && cluster.listing().serves(wanted.clusterKind())) {
                return wanted;
            }
        }
        if (!told) {
            told = true;
            LOG.info("no reports are written: the cluster knows neither Reports of openreports.io/v1alpha1 nor"
                    + " PolicyReports of wgpolicyk8s.io/v1alpha2, or not those that are asked for");
        }
        return null;
    }

    private void lookForKinds() throws ListingException {
        if (System.nanoTime() - nextLook >= 0 && known() != null) {
            end();
        }
    }

    private ReportKeeper keeper(Form chosen, Consumer<ObjectKey> again) throws InterruptedException {
        ReportKeeper keeper = new ReportKeeper(
                chosen,
                cluster.writing(),
                properties.reports().mostResults(),
                again,
                InstantSource.system(),
                reportMetrics);
        running.add(keeper);
        for (var kind : List.of(chosen.kind(), chosen.clusterKind())) {
            Following reports = cluster.following(kind, ReportKeeper.LABEL, ReportKeeper.LABEL_VALUE, keeper.reports());
            running.add(reports);
            if (!reports.start(PATIENCE)) {
                throw new IllegalStateException(kind.plural() + " cannot be followed");
            }
        }
        return keeper;
    }

    private void endSoon() {
        try {
            thread.execute(this::end);
        } catch (RejectedExecutionException closing) {
            // it has ended
        }
    }

    // Each is to end, whatever becomes of the others.
    @SuppressWarnings("CatchingUnchecked")
    private void end() {
        for (AutoCloseable one : running.reversed()) {
            try {
                one.close();
            } catch (Exception failed) {
                LOG.debug("{} did not end", one, failed);
            }
        }
        running.clear();
        metrics.ended();
    }

    @Override
    public void close() {
        leadership.close();
        thread.execute(this::end);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
