package dev.portcullis.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A host and a port to connect to.
 *
 * @param name in lower case; an IPv6 address in brackets
 */
record Host(String name, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** The host of a registry as image names write it; one without a port is asked on that of HTTPS. */
    static Optional<Host> ofRegistry(String registry) {
        return HostPattern.parse(registry)
                .filter(HostPattern::isExact)
                .map(exact -> new Host(exact.name(), exact.port()));
    }

    /** The host of an absolute URI; empty where it has none, or says more about who asks than where. */
    static Optional<Host> of(URI uri) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getScheme() == null) {
            return Optional.empty();
        }
        int standard = uri.getScheme().equals("http") ? HTTP : HTTPS;
        return Optional.of(
                new Host(uri.getHost().toLowerCase(Locale.ROOT), uri.getPort() == -1 ? standard : uri.getPort()));
    }

    @Override
    public String toString() {
        return port == HTTPS ? name : name + ":" + port;
    }
}
