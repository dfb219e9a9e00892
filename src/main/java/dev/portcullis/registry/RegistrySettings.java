package dev.portcullis.registry;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How registries are asked and how long their answers count.
 *
 * @param hosts which may be asked
 * @param credentials a {@code config.json} as docker login writes it; null where none is needed
 * @param authorities PEM file of certificates to trust besides those that Java trusts; null where there are none
 * @param connecting the most time for a connection
 * @param answering the most time for a whole look-up
 * @param concurrency the most look-ups at once
 * @param waiting the most look-ups that wait
 * @param entries the most digests kept
 * @param refresh the age at which a digest is asked for again
 * @param expiry the age from which it is not used any more
 * @param retry the time after which it is asked again for what a registry did not give
 * @param forgetting the time after which a digest that nobody has asked for is forgotten
 */
public record RegistrySettings(
        HostRules hosts,
        @Nullable Path credentials,
        @Nullable Path authorities,
        Duration connecting,
        Duration answering,
        int concurrency,
        int waiting,
        int entries,
        Duration refresh,
        Duration expiry,
        Duration retry,
        Duration forgetting) {}
