package dev.portcullis.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that tests begin with, to be changed where a test is about one. */
record Settings(
        List<String> allow,
        List<String> plain,
        List<String> tokens,
        @Nullable Path credentials,
        @Nullable Path authorities,
        Duration timeout,
        int waiting,
        int entries) {
    static final Duration REFRESH = Duration.ofMinutes(10);
    static final Duration EXPIRY = Duration.ofHours(1);
    static final Duration RETRY = Duration.ofMinutes(1);
    static final Duration FORGETTING = Duration.ofHours(24);

    static Settings allowing(String... hosts) {
        return new Settings(List.of(hosts), List.of(), List.of(), null, null, Duration.ofSeconds(10), 16, 100);
    }

    Settings plainHttp() {
        return new Settings(allow, allow, tokens, credentials, authorities, timeout, waiting, entries);
    }

    Settings tokensOf(String host) {
        return new Settings(allow, plain, List.of(host), credentials, authorities, timeout, waiting, entries);
    }

    Settings credentials(Path file) {
        return new Settings(allow, plain, tokens, file, authorities, timeout, waiting, entries);
    }

    Settings trusting(Path file) {
        return new Settings(allow, plain, tokens, credentials, file, timeout, waiting, entries);
    }

    Settings within(Duration time) {
        return new Settings(allow, plain, tokens, credentials, authorities, time, waiting, entries);
    }

    Settings waiting(int most) {
        return new Settings(allow, plain, tokens, credentials, authorities, timeout, most, entries);
    }

    Settings entries(int most) {
        return new Settings(allow, plain, tokens, credentials, authorities, timeout, waiting, most);
    }

    RegistrySettings build() {
        return new RegistrySettings(
                new HostRules(patterns(allow), patterns(plain), patterns(tokens)),
                credentials,
                authorities,
                Duration.ofSeconds(3),
                timeout,
                2,
                waiting,
                entries,
                REFRESH,
                EXPIRY,
                RETRY,
                FORGETTING);
    }

    private static List<HostPattern> patterns(List<String> hosts) {
        return hosts.stream().map(host -> HostPattern.parse(host).orElseThrow()).toList();
    }
}
