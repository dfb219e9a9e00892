package dev.portcullis.app;

import dev.portcullis.registry.HostPattern;
import dev.portcullis.registry.HostRules;
import dev.portcullis.registry.RegistrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Registries that are asked, beside the decisions, where tags point.
 *
 * @param enabled whether any is asked
 * @param allow the registries that may be asked, such as docker.io, registry.example.com:5000 or *.example.com; only one
 *     that is written without a star may have a private address
 * @param plainHttp those of them, without stars, that are asked without TLS
 * @param tokenHosts hosts besides the registries that may give tokens for them, and be given their passwords; that of
 *     Docker Hub is known
 * @param credentials a config.json as docker login writes it, with passwords for registries
 * @param authorities PEM file of certificate authorities to trust besides those that Java trusts
 * @param connectTimeout the most time for a connection
 * @param timeout the most time for a look-up as a whole
 * @param concurrency the most look-ups at once
 * @param waiting the most look-ups that wait; more are dropped
 * @param cacheSize the most digests that are kept
 * @param refresh the age at which a digest is asked for again
 * @param maxAge the age from which a digest is not used any more
 * @param retry the time for which a registry is not asked again for what it did not give
 * @param forgetAfter the time after which a digest that no decision needed is forgotten
 */
record RegistryProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue List<String> allow,
        @DefaultValue List<String> plainHttp,
        @DefaultValue List<String> tokenHosts,
        @Nullable Path credentials,
        @Nullable Path authorities,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("4") int concurrency,
        @DefaultValue("256") int waiting,
        @DefaultValue("1000") int cacheSize,
        @DefaultValue("10m") Duration refresh,
        @DefaultValue("1h") Duration maxAge,
        @DefaultValue("1m") Duration retry,
        @DefaultValue("24h") Duration forgetAfter) {
    private static final int MOST_HOSTS = 100;

    RegistryProperties {
        require(!enabled || !allow.isEmpty(), "allow", "must name the registries that may be asked");
        requireHosts(allow, "allow", true);
        requireHosts(plainHttp, "plain-http", false);
        requireHosts(tokenHosts, "token-hosts", false);
        for (String host : plainHttp) {
            require(
                    allow.contains(host) || tokenHosts.contains(host),
                    "plain-http",
                    "must be hosts of portcullis.registry.allow, '" + host + "' is none");
            // Nobody speaks plain HTTP where images without a port are asked for.
            require(host.matches(".*:[0-9]+"), "plain-http", "must say the port, as images of '" + host + "' have to");
        }
        requireBetween(connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1), "connect-timeout", "100ms to 1m");
        requireBetween(timeout, Duration.ofMillis(100), Duration.ofMinutes(2), "timeout", "100ms to 2m");
        requireBetween(concurrency, 1, 64, "concurrency");
        requireBetween(waiting, 1, 100_000, "waiting");
        requireBetween(cacheSize, 1, 100_000, "cache-size");
        requireBetween(refresh, Duration.ofSeconds(1), Duration.ofDays(1), "refresh", "1s to 1d");
        requireBetween(maxAge, refresh, Duration.ofDays(7), "max-age", "portcullis.registry.refresh to 7d");
        requireBetween(retry, Duration.ofSeconds(1), Duration.ofDays(1), "retry", "1s to 1d");
        requireBetween(forgetAfter, refresh, Duration.ofDays(30), "forget-after", "portcullis.registry.refresh to 30d");
    }

    RegistrySettings settings() {
        return new RegistrySettings(
                new HostRules(patterns(allow), patterns(plainHttp), patterns(tokenHosts)),
                credentials,
                authorities,
                connectTimeout,
                timeout,
                concurrency,
                waiting,
                cacheSize,
                refresh,
                maxAge,
                retry,
                forgetAfter);
    }

    private static List<HostPattern> patterns(List<String> texts) {
        return texts.stream().map(HostPattern::parse).map(Optional::orElseThrow).toList();
    }

    private static void requireHosts(List<String> texts, String name, boolean starred) {
        require(texts.size() <= MOST_HOSTS, name, "must be " + MOST_HOSTS + " at most");
        for (String text : texts) {
            require(
                    HostPattern.parse(text)
                            .filter(host -> starred || host.isExact())
                            .isPresent(),
                    name,
                    "must be hosts such as registry.example.com or registry.example.com:5000"
                            + (starred ? ", or *.example.com" : "") + ", '" + text + "' is none");
        }
    }

    private static void requireBetween(int value, int least, int most, String name) {
        require(value >= least && value <= most, name, "must be " + least + " to " + most);
    }

    private static void requireBetween(Duration value, Duration least, Duration most, String name, String range) {
        require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, name, "must be " + range);
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("portcullis.registry." + name + " " + rule);
        }
    }
}
