package dev.portcullis.scan;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.Controllers;
import dev.portcullis.cluster.Following;
import dev.portcullis.cluster.Kind;
import dev.portcullis.cluster.Listing;
import dev.portcullis.cluster.ListingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a {@link Survey} of a cluster up to date from its beginning to its end. What changes is looked at as watches bring
 * it. When policies, exemptions or labels of a namespace change, and at an interval, all that may be judged otherwise is
 * listed again, page by page.
 */
public final class LiveSurvey implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSurvey.class);
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);
    private static final int MOST_SEEN_AGAIN = 500;

    private final Cluster cluster;
    private final Judging judging;
    private final Told told;
    private final Duration interval;
    private final ScanMetrics metrics;
    private final Survey survey;
    private final Listing listing;
    private final Controllers controllers;
    private final Map<Kind, Following> followed = new ConcurrentHashMap<>();
    private final Set<ObjectKey> again = ConcurrentHashMap.newKeySet();
    private final Set<String> dirty = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> labels = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Object judgedBy;
    private long nextPass;

    /**
     * Begins.
     *
     * @param told is told of what there is, and of what changes
     * @param interval after which everything is listed again
     */
    public LiveSurvey(Cluster cluster, Judging judging, Told told, Duration interval, ScanMetrics metrics) {
        this.cluster = cluster;
        this.listing = cluster.listing();
        this.controllers = listing.controllers();
        this.judging = judging.asking(controllers);
        this.told = told;
        this.interval = interval;
        this.metrics = metrics;
        this.survey = new Survey(this.judging, told);
        this.thread = Thread.ofPlatform().name("scan").daemon().unstarted(this::run);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
    }

    /** Wants to tell of a workload anew; does not block. */
    public void tellAgain(ObjectKey key) {
        again.add(key);
    }

    // Whatever goes wrong, it is tried again until this is closed.
    @SuppressWarnings("CatchingUnchecked")
    private void run() {
        try {
            while (!follow()) {
                await(PAUSE_AFTER_FAILURE);
            }
            while (!isClosed()) {
                try {
                    tick();
                } catch (ListingException incomplete) {
                    metrics.failed();
                    LOG.warn("the cluster could not be looked at again: {}", incomplete.sentence());
                    await(PAUSE_AFTER_FAILURE);
                } catch (RuntimeException fault) {
                    metrics.failed();
                    LOG.error("the cluster could not be looked at", fault);
                    await(PAUSE_AFTER_FAILURE);
                }
                await(TICK);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private void await(Duration time) throws InterruptedException {
        if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("closed");
        }
    }

    /** Namespaces first, then owners before what they own. */
    private boolean follow() throws InterruptedException {
        long begun = System.nanoTime();
        judgedBy = judgedBy();
        if (!start(Kind.NAMESPACE)) {
            return false;
        }
        for (Kind kind : ClusterScan.ORDER) {
            if (!start(kind)) {
                return false;
            }
        }
        dirty.clear();
        nextPass = System.nanoTime() + interval.toNanos();
        metrics.passed(Duration.ofNanos(System.nanoTime() - begun), survey);
        LOG.info("{} workloads of the cluster have been judged", survey.standing());
        return true;
    }

    private boolean start(Kind kind) throws InterruptedException {
        Following before = followed.remove(kind);
        if (before != null) {
            before.close();
        }
        Following following = cluster.following(kind, listener(kind));
        followed.put(kind, following);
        if (following.start(PATIENCE)) {
            return true;
        }
        metrics.failed();
        return false;
    }

    private Following.Listener listener(Kind kind) {
        return new Following.Listener() {
            @Override
            public void seen(ObjectNode object) {
                if (kind == Kind.NAMESPACE) {
                    labelled(object);
                    return;
                }
                if (kind != Kind.POD) {
                    controllers.forget(object.path("metadata").path("uid").stringValue(""));
                }
                survey.seen(kind, object);
            }

            @Override
            public void gone(String namespace, String name) {
                if (kind != Kind.NAMESPACE) {
                    survey.gone(kind, namespace, name);
                }
            }
        };
    }

    /** Called by one watch alone. */
    private void labelled(ObjectNode namespace) {
        String name = namespace.path("metadata").path("name").stringValue("");
        long now = Content.of(namespace);
        if (!Objects.equals(labels.put(name, now), now)) {
            dirty.add(name);
        }
    }

    private Object judgedBy() {
        return List.of(judging.policies().get().version(), judging.leaveNow());
    }

    private void tick() throws ListingException, InterruptedException {
        Object now = judgedBy();
        boolean otherPolicies = !now.equals(judgedBy) && cluster.synced();
        if (otherPolicies || System.nanoTime() - nextPass >= 0) {
            dirty.clear();
            pass(null);
            judgedBy = now;
            nextPass = System.nanoTime() + interval.toNanos();
        }
        for (String namespace : Set.copyOf(dirty)) {
            dirty.remove(namespace);
            if (judging.policies().get().asksForNamespaces()) {
                pass(namespace);
            }
        }
        seeAgain();
        told.settled();
        metrics.settled(survey);
    }

    /** What watches know otherwise is on its way by them. */
    private void pass(@Nullable String namespace) throws ListingException {
        long begun = System.nanoTime();
        for (Kind kind : ClusterScan.ORDER) {
            Following following = Objects.requireNonNull(followed.get(kind));
            listing.each(kind, namespace, object -> {
                ObjectKey key = ObjectKey.of(kind, object);
                String version = object.path("metadata").path("resourceVersion").stringValue("");
                if (!isClosed() && following.has(key.namespace(), key.name(), version)) {
                    survey.seen(kind, object);
                }
            });
        }
        metrics.passed(Duration.ofNanos(System.nanoTime() - begun), survey);
    }

    private void seeAgain() {
        for (ObjectKey key : Set.copyOf(again)) {
            again.remove(key);
            survey.tellAgain(key);
        }
        Set<ObjectKey> wanted = new LinkedHashSet<>(survey.wanted());
        wanted.stream().limit(MOST_SEEN_AGAIN).forEach(key -> {
            ObjectNode object = controllers.object(key.kind(), key.namespace(), key.name());
            if (object != null && !isClosed()) {
                survey.seen(key.kind(), object);
            }
        });
    }

    /** Looks no more. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        followed.values().forEach(Following::close);
    }
}
