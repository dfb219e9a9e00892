package dev.portcullis.scan;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.Controllers;
import dev.portcullis.cluster.Following;
import dev.portcullis.cluster.Kind;
import dev.portcullis.cluster.Kubelets;
import dev.portcullis.cluster.Listing;
import dev.portcullis.cluster.ListingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final Duration PAUSE_BETWEEN_NODES = Duration.ofMinutes(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);
    private static final int MOST_SEEN_AGAIN = 500;

    private final Cluster cluster;
    private final Judging judging;
    private final Surroundings surroundings = new Surroundings();
    private final @Nullable Kubelets kubelets;
    private final Told told;
    private final Duration interval;
    private final ScanMetrics metrics;
    private final Survey survey;
    private final Listing listing;
    private final Controllers controllers;
    private final Map<Kind, Following> followed = new ConcurrentHashMap<>();
    private final Set<ObjectKey> again = ConcurrentHashMap.newKeySet();
    private final Set<String> labelled = ConcurrentHashMap.newKeySet();
    private final Set<String> concerned = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> labels = new HashMap<>();
    private final Changes changes = new Changes();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean listening;
    private volatile boolean allConcerned;
    private @Nullable Object judgedBy;
    private long nextPass;
    private long nextForNodes = System.nanoTime();

    /**
     * Begins.
     *
     * @param kubelets who say how many processes pods may have; null asks nobody
     * @param told is told of what there is, and of what changes
     * @param interval after which everything is listed again
     */
    public LiveSurvey(
            Cluster cluster,
            Judging judging,
            @Nullable Kubelets kubelets,
            Told told,
            Duration interval,
            ScanMetrics metrics) {
        this.cluster = cluster;
        this.listing = cluster.listing();
        this.controllers = listing.controllers();
        this.kubelets = kubelets;
        this.judging = judging.asking(controllers, surroundings);
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
            listening = true;
            boolean first = true;
            while (!isClosed()) {
                try {
                    if (first) {
                        pass(null);
                        LOG.info("{} workloads of the cluster have been judged", survey.standing());
                        first = false;
                    }
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
                heed(TICK);
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

    /** What they bring before everything is listed, the list brings too. */
    private boolean follow() throws InterruptedException {
        judgedBy = judgedBy();
        for (Kind kind : Surroundings.KINDS) {
            if ((kind != Kind.NODE || kubelets != null) && start(kind)) {
                surroundings.know(kind);
            }
        }
        if (!start(Kind.NAMESPACE)) {
            return false;
        }
        for (Kind kind : ClusterScan.ORDER) {
            if (!start(kind)) {
                return false;
            }
        }
        askNodes();
        allConcerned = false;
        labelled.clear();
        concerned.clear();
        nextPass = System.nanoTime() + interval.toNanos();
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
                } else if (Surroundings.KINDS.contains(kind)) {
                    note(surroundings.seen(kind, object));
                } else if (listening) {
                    changes.seen(ObjectKey.of(kind, object), object);
                }
            }

            @Override
            public void gone(String namespace, String name) {
                if (Surroundings.KINDS.contains(kind)) {
                    note(surroundings.gone(kind, namespace, name));
                } else if (kind != Kind.NAMESPACE && listening) {
                    changes.gone(new ObjectKey(kind, namespace, name));
                }
            }
        };
    }

    private void note(Surroundings.Concerned change) {
        switch (change) {
            case Surroundings.Namespaces(Set<String> names) -> concerned.addAll(names);
            case Surroundings.Everybody _ -> allConcerned = true;
        }
    }

    private void askNodes() throws InterruptedException {
        if (kubelets != null && surroundings.nodes().ask(kubelets, interval)) {
            allConcerned = true;
        }
    }

    /** Heeds what watches bring, for a time. */
    private void heed(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        Changes.Change change = changes.poll(time.toNanos());
        while (change != null && !isClosed()) {
            heed(change);
            long left = end - System.nanoTime();
            change = left <= 0 ? null : changes.poll(left);
        }
    }

    // One object that breaks the judging must not end it.
    @SuppressWarnings("CatchingUnchecked")
    private void heed(Changes.Change change) {
        try {
            switch (change) {
                case Changes.Seen(ObjectKey key, ObjectNode object) when object != null -> see(key, object);
                case Changes.Seen(ObjectKey key, var _) -> ask(key);
                case Changes.Gone(ObjectKey key) -> survey.gone(key.kind(), key.namespace(), key.name());
            }
        } catch (RuntimeException fault) {
            metrics.failed();
            LOG.error("{} could not be judged", change.key(), fault);
        }
    }

    private void see(ObjectKey key, @Nullable ObjectNode object) {
        if (object == null) {
            return;
        }
        if (key.kind() != Kind.POD) {
            controllers.forget(object.path("metadata").path("uid").stringValue(""));
        }
        survey.seen(key.kind(), object);
    }

    /** Called by one watch alone. */
    private void labelled(ObjectNode namespace) {
        String name = namespace.path("metadata").path("name").stringValue("");
        long now = Content.of(namespace);
        if (!Objects.equals(labels.put(name, now), now)) {
            labelled.add(name);
        }
    }

    private Object judgedBy() {
        return List.of(judging.policies().get().version(), judging.leaveNow());
    }

    private void tick() throws ListingException, InterruptedException {
        askNodes();
        Object now = judgedBy();
        long time = System.nanoTime();
        boolean otherPolicies = !now.equals(judgedBy) && cluster.synced();
        boolean otherNodes = allConcerned && time - nextForNodes >= 0;
        if (otherPolicies || otherNodes || time - nextPass >= 0) {
            allConcerned = false;
            labelled.clear();
            concerned.clear();
            passOver(null, () -> allConcerned = true);
            judgedBy = now;
            nextPass = System.nanoTime() + interval.toNanos();
            nextForNodes = System.nanoTime() + PAUSE_BETWEEN_NODES.toNanos();
        }
        for (String namespace : Set.copyOf(labelled)) {
            labelled.remove(namespace);
            if (judging.policies().get().asksForNamespaces()) {
                concerned.add(namespace);
            }
        }
        for (String namespace : Set.copyOf(concerned)) {
            concerned.remove(namespace);
            passOver(namespace, () -> concerned.add(namespace));
        }
        seeAgain();
        told.settled();
        metrics.settled(survey);
    }

    /** Looks at a namespace or all; where that fails, puts back what it was to be looked at for. */
    private void passOver(@Nullable String namespace, Runnable otherwise) throws ListingException {
        boolean done = false;
        try {
            pass(namespace);
            done = true;
        } finally {
            if (!done) {
                otherwise.run();
            }
        }
    }

    /** What watches know otherwise may be older than what they know, or newer: it is asked for by itself. */
    private void pass(@Nullable String namespace) throws ListingException {
        long begun = System.nanoTime();
        Pace pace = new Pace();
        List<ObjectKey> doubtful = new ArrayList<>();
        for (Kind kind : ClusterScan.ORDER) {
            Following following = Objects.requireNonNull(followed.get(kind));
            listing.each(kind, namespace, object -> {
                if (isClosed()) {
                    return;
                }
                if (following.has(object)) {
                    survey.seen(kind, object);
                } else {
                    doubtful.add(ObjectKey.of(kind, object));
                }
                pace.step();
            });
        }
        doubtful.forEach(this::ask);
        metrics.passed(Duration.ofNanos(System.nanoTime() - begun), survey);
    }

    private void ask(ObjectKey key) {
        Following following = followed.get(key.kind());
        if (following != null && following.has(key.namespace(), key.name()) && !isClosed()) {
            see(key, controllers.object(key.kind(), key.namespace(), key.name()));
        }
    }

    private void seeAgain() {
        for (ObjectKey key : Set.copyOf(again)) {
            again.remove(key);
            survey.tellAgain(key);
        }
        survey.wanted().stream().limit(MOST_SEEN_AGAIN).forEach(this::ask);
    }

    /** Looks no more. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        followed.values().forEach(Following::close);
        if (kubelets != null) {
            kubelets.close();
        }
    }
}
