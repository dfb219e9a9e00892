package dev.portcullis.registry;

import dev.portcullis.workload.ImageReference;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Digests as the gate has them, by a clock that tests set. */
final class Gate implements AutoCloseable {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T12:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RegistryDigests digests;

    private Gate(Settings settings, Resolver resolver) throws UnusableFileException {
        InstantSource clock = now::get;
        digests = new RegistryDigests(settings.build(), resolver, clock, meters);
    }

    /** One that asks. */
    static Gate of(Settings settings) throws UnusableFileException {
        return of(settings, InetAddress::getAllByName);
    }

    static Gate of(Settings settings, Resolver resolver) throws UnusableFileException {
        Gate gate = idle(settings, resolver);
        gate.digests.start();
        return gate;
    }

    /** One whose questions wait for ever. */
    static Gate idle(Settings settings, Resolver resolver) throws UnusableFileException {
        return new Gate(settings, resolver);
    }

    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /** What a decision is told now. */
    Optional<String> ask(String image) {
        return digests.digestOf(ImageReference.parse(image).orElseThrow());
    }

    /** What a decision is told once the registry has been asked because of a first one. */
    Optional<String> learn(String image) {
        double before = answers();
        Optional<String> known = ask(image);
        if (known.isEmpty()) {
            awaitAnswer(before);
        }
        return ask(image);
    }

    void awaitAnswer(double before) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (answers() <= before) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no look-up ended within 20 seconds");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Look-ups that have ended, well or badly. */
    double answers() {
        return meters.find("portcullis.digests.answers").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    double answers(String result) {
        return meters.get("portcullis.digests.answers")
                .tag("result", result)
                .counter()
                .count();
    }

    double lookups(String result) {
        return meters.get("portcullis.digests.lookups")
                .tag("result", result)
                .counter()
                .count();
    }

    double dropped() {
        return meters.get("portcullis.digests.dropped").counter().count();
    }

    double entries() {
        return meters.get("portcullis.digests.entries").gauge().value();
    }

    @Override
    public void close() {
        digests.close();
    }
}
