package dev.portcullis.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that may be asked: one, or all below a domain.
 *
 * @param name in lower case, with {@code *.} before it for whatever is below it
 * @param port the only port
 */
public record HostPattern(String name, int port) {
    private static final int HTTPS = 443;
    private static final String BELOW = "*.";
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /** A wildcard stands before two labels at least: what is below one may be anybody's. */
    private static final Pattern PATTERN = Pattern.compile("(?<name>\\*(?:\\." + LABEL + "){2,}|" + LABEL + "(?:\\."
            + LABEL + ")*|\\[[0-9a-f:]+])(?::(?<port>[0-9]{1,5}))?");

    /** Reads {@code name}, {@code name:port} or the same with {@code *.} before the name; empty for anything else. */
    public static Optional<HostPattern> parse(String text) {
        Matcher pattern = PATTERN.matcher(text.toLowerCase(Locale.ROOT));
        if (text.length() > 260 || !pattern.matches()) {
            return Optional.empty();
        }
        String port = pattern.group("port");
        return Optional.of(new HostPattern(pattern.group("name"), port == null ? HTTPS : Integer.parseInt(port)))
                .filter(read -> read.port >= 1 && read.port <= 65_535);
    }

    /** Whether it names one host rather than all below a domain. */
    public boolean isExact() {
        return !name.startsWith(BELOW);
    }

    boolean matches(Host host) {
        boolean named = isExact() ? name.equals(host.name()) : host.name().endsWith(name.substring(1));
        return named && port == host.port();
    }
}
