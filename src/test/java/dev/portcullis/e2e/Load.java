package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** 200 creations of pods a second, or as many as the machine can, none of which stays. */
final class Load implements AutoCloseable {
    private static final int THREADS = 8;
    private static final long PERIOD_MICROSECONDS = 1_000_000L * THREADS / 200;
    private static final int ENOUGH = 1_000;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final long begun = System.nanoTime();
    private final AtomicInteger done = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private Load() {}

    static Load of(KubernetesClient client, String namespace) {
        Load load = new Load();
        Pod pod = client.pods()
                .load(new ByteArrayInputStream(
                        LiveResources.podJson("load", true, false, "").getBytes(StandardCharsets.UTF_8)))
                .item();
        for (int i = 0; i < THREADS; i++) {
            var _ = load.threads.scheduleAtFixedRate(
                    () -> load.create(client, namespace, pod), 0, PERIOD_MICROSECONDS, TimeUnit.MICROSECONDS);
        }
        return load;
    }

    private void create(KubernetesClient client, String namespace, Pod pod) {
        try {
            client.pods().inNamespace(namespace).resource(pod).dryRun().create();
            done.incrementAndGet();
        } catch (KubernetesClientException failed) {
            failures.add(String.valueOf(failed.getMessage()));
        }
    }

    void assertThatNoneFailed() {
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        System.out.printf(
                "%,d creations, %,d a second, %d failed%n", done.get(), done.get() / seconds, failures.size());
        assertThat(failures).isEmpty();
        assertThat(done.get()).isGreaterThan(ENOUGH);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
