package dev.portcullis.registry;

import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.ImageReference;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digests that registries have given. Asking it costs a look into memory; what is not known, or has become old, is asked
 * of the registry beside, so that the next decision knows.
 */
public final class RegistryDigests implements ImageDigests, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryDigests.class);
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final HostRules rules;
    private final InstantSource clock;
    private final DigestCache cache;
    private final Outages outages;
    private final DigestMetrics metrics;
    private final Transport transport;
    private final RegistryClient client;
    private final BlockingQueue<ImageName> waiting;
    private final Set<ImageName> pending = ConcurrentHashMap.newKeySet();
    private final Duration sleep;
    private final int concurrency;
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("digests-", 0).factory());

    RegistryDigests(RegistrySettings settings, Resolver resolver, InstantSource clock, MeterRegistry registry)
            throws UnusableFileException {
        if (settings.credentials() != null) {
            DockerConfig.read(settings.credentials());
        }
        this.rules = settings.hosts();
        this.clock = clock;
        this.cache = new DigestCache(settings);
        this.outages = new Outages(settings.retry());
        this.metrics = new DigestMetrics(registry, cache);
        this.transport = new Transport(settings, resolver);
        this.client = new RegistryClient(transport, settings);
        this.waiting = new ArrayBlockingQueue<>(settings.waiting());
        this.concurrency = settings.concurrency();
        Duration quarter = settings.refresh().dividedBy(4);
        this.sleep = quarter.compareTo(LONGEST_SLEEP) < 0 ? quarter : LONGEST_SLEEP;
        Gauge.builder("portcullis.digests.waiting", waiting, BlockingQueue::size)
                .description("Tags that wait to be asked for")
                .register(registry);
    }

    /**
     * Digests of the registries that may be asked.
     *
     * @throws UnusableFileException where a file that the settings name cannot be used
     */
    public static RegistryDigests of(RegistrySettings settings, MeterRegistry registry) throws UnusableFileException {
        RegistryDigests digests =
                new RegistryDigests(settings, InetAddress::getAllByName, InstantSource.system(), registry);
        digests.start();
        return digests;
    }

    /** Asks from now on. */
    void start() {
        for (int i = 0; i < concurrency; i++) {
            workers.execute(this::work);
        }
        workers.execute(this::keepFresh);
    }

    @Override
    public Optional<String> digestOf(ImageReference image) {
        Optional<ImageName> name = ImageName.of(image).filter(tag -> rules.mayAsk(tag.registry()));
        if (name.isEmpty()) {
            metrics.unlisted.increment();
            return Optional.empty();
        }
        DigestCache.Found found = cache.find(name.get(), clock.instant());
        if (found.due()) {
            ask(name.get());
        }
        (found.digest() == null ? metrics.miss : metrics.hit).increment();
        return Optional.ofNullable(found.digest());
    }

    /** The same for dry runs, which leave no trace: nothing is asked for because of them. */
    public ImageDigests asKept() {
        return image -> ImageName.of(image).flatMap(name -> cache.peek(name, clock.instant()));
    }

    private void ask(ImageName name) {
        if (pending.add(name) && !waiting.offer(name)) {
            pending.remove(name);
            metrics.dropped.increment();
        }
    }

    /** Asks again for what has become old. */
    void sweep() {
        cache.sweep(clock.instant()).forEach(this::ask);
    }

    private void keepFresh() {
        try {
            while (true) {
                Thread.sleep(sleep);
                sweep();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (true) {
                ImageName name = waiting.take();
                try {
                    lookUp(name);
                } finally {
                    pending.remove(name);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    // A look-up that breaks must not be the last.
    @SuppressWarnings("CatchingUnchecked")
    private void lookUp(ImageName name) throws InterruptedException {
        if (outages.isAway(name.registry(), clock.instant())) {
            cache.failed(name, clock.instant());
            metrics.postponed.increment();
            return;
        }
        try {
            keep(name, client.digestOf(name));
        } catch (LookupException failure) {
            failed(name);
            outages.failed(name, failure, clock.instant());
        } catch (RuntimeException fault) {
            failed(name);
            LOG.error("a digest could not be asked for", fault);
        }
    }

    private void keep(ImageName name, Optional<String> digest) {
        Instant now = clock.instant();
        if (digest.isPresent()) {
            cache.resolved(name, digest.get(), now);
            metrics.resolved.increment();
        } else {
            cache.absent(name, now);
            metrics.absent.increment();
        }
    }

    private void failed(ImageName name) {
        cache.failed(name, clock.instant());
        metrics.failed.increment();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        transport.close();
    }
}
