package dev.portcullis.app;

import dev.portcullis.registry.RegistryDigests;
import dev.portcullis.registry.UnusableFileException;
import dev.portcullis.workload.ImageDigests;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What is known of where tags point.
 *
 * @param registries null where none is asked
 */
record Digests(@Nullable RegistryDigests registries) implements AutoCloseable {
    static Digests of(PortcullisProperties properties, MeterRegistry registry) {
        if (!properties.registry().enabled()) {
            return new Digests(null);
        }
        try {
            return new Digests(RegistryDigests.of(properties.registry().settings(), registry));
        } catch (UnusableFileException wrong) {
            throw new MisconfiguredException(wrong.sentence(), wrong);
        }
    }

    /** For decisions: what is not known is asked for beside them. */
    ImageDigests forDecisions() {
        return registries == null ? ImageDigests.NONE : registries;
    }

    /** For dry runs, for which nothing is asked. */
    ImageDigests forDryRuns() {
        return registries == null ? ImageDigests.NONE : registries.asKept();
    }

    @Override
    public void close() {
        if (registries != null) {
            registries.close();
        }
    }
}
