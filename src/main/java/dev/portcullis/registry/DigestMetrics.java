package dev.portcullis.registry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what is asked of the cache and of registries. No label names an image or a registry. */
final class DigestMetrics {
    final Counter hit;
    final Counter miss;
    final Counter unlisted;
    final Counter resolved;
    final Counter absent;
    final Counter failed;
    final Counter postponed;
    final Counter dropped;

    DigestMetrics(MeterRegistry registry, DigestCache cache) {
        hit = lookups(registry, "hit");
        miss = lookups(registry, "miss");
        unlisted = lookups(registry, "unlisted");
        resolved = answers(registry, "resolved");
        absent = answers(registry, "absent");
        failed = answers(registry, "failed");
        postponed = answers(registry, "postponed");
        dropped = Counter.builder("portcullis.digests.dropped")
                .description("Tags that were not asked for because too many wait")
                .register(registry);
        Gauge.builder("portcullis.digests.entries", cache, DigestCache::size)
                .description("Digests that are kept")
                .register(registry);
    }

    private static Counter lookups(MeterRegistry registry, String result) {
        return Counter.builder("portcullis.digests.lookups")
                .description("Tags that decisions asked for: known, not known, or of a registry that is not asked")
                .tag("result", result)
                .register(registry);
    }

    private static Counter answers(MeterRegistry registry, String result) {
        return Counter.builder("portcullis.digests.answers")
                .description("What came of asking registries; postponed are those left alone after a failure")
                .tag("result", result)
                .register(registry);
    }
}
