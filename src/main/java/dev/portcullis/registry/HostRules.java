package dev.portcullis.registry;

import java.util.List;

/**
 * Which hosts may be asked, and how.
 *
 * @param registries those whose images are looked up, and that others may refer to
 * @param plainHttp those of them that are asked without TLS
 * @param tokenServers hosts besides the registries themselves that give tokens for them
 */
public record HostRules(List<HostPattern> registries, List<HostPattern> plainHttp, List<HostPattern> tokenServers) {
    /** What everyone calls Docker Hub answers under other names. */
    private static final Host HUB = new Host("docker.io", 443);

    private static final Host HUB_REGISTRY = new Host("registry-1.docker.io", 443);
    private static final Host HUB_TOKENS = new Host("auth.docker.io", 443);

    boolean mayAsk(Host registry) {
        return any(registries, registry);
    }

    boolean isPlain(Host host) {
        return any(plainHttp, host);
    }

    /** Where a registry is reached. */
    static Host contact(Host registry) {
        return registry.equals(HUB) ? HUB_REGISTRY : registry;
    }

    /** Whether a host may give tokens for a registry, and be given its credentials. */
    boolean mayGiveTokens(Host host, Host registry) {
        return host.equals(contact(registry))
                || (registry.equals(HUB) && host.equals(HUB_TOKENS))
                || any(tokenServers, host);
    }

    /** Whether somebody has written this very host down, so that it may be one of the network around. */
    boolean isWrittenOut(Host host) {
        return isExact(registries, host)
                || isExact(tokenServers, host)
                || (isExact(registries, HUB) && (host.equals(HUB_REGISTRY) || host.equals(HUB_TOKENS)));
    }

    private static boolean any(List<HostPattern> patterns, Host host) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(host));
    }

    private static boolean isExact(List<HostPattern> patterns, Host host) {
        return patterns.stream().anyMatch(pattern -> pattern.isExact() && pattern.matches(host));
    }
}
