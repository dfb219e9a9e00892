package dev.portcullis.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By what an engine of some version is known to let requests pass its authorization plugins, from its security advisories. */
public final class KnownBypasses {
    private static final Pattern VERSION =
            Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*", Pattern.DOTALL);
    private static final String UPDATE = ": use 29.5.1 or newer, unless your distribution has mended it";

    private KnownBypasses() {}

    private record Version(int major, int minor, int patch) implements Comparable<Version> {
        private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
                .thenComparingInt(Version::minor)
                .thenComparingInt(Version::patch);

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }

        boolean isBefore(int major, int minor, int patch) {
            return compareTo(new Version(major, minor, patch)) < 0;
        }
    }

    /**
     * One sentence each; none where nothing is known.
     *
     * @param version as {@code GET /version} says it
     */
    public static List<String> of(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return List.of("its version is not understood, so that nobody can say what it lets pass");
        }
        Version engine = new Version(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)));
        List<String> known = new ArrayList<>();
        if (losesEmptyBodies(engine)) {
            known.add("a request whose Content-Length is 0 reaches it without its body being shown (CVE-2024-41110)"
                    + UPDATE);
        }
        if (engine.isBefore(29, 3, 1)) {
            known.add("a body of 1 MiB or more is not shown to plugins (CVE-2026-34040)" + UPDATE);
        }
        if (engine.isBefore(29, 5, 1)) {
            known.add("archives written into containers can reach the host (CVE-2026-41567)" + UPDATE);
        }
        if (!engine.isBefore(29, 2, 0)) {
            known.add("gRPC for BuildKit on its unix socket asks no plugin: keep that socket to root, and switch"
                    + " builder.entitlements off in daemon.json");
        }
        return List.copyOf(known);
    }

    /** Mended in 18.09.1, lost from 19.03, and mended again in each line that was still kept. */
    private static boolean losesEmptyBodies(Version engine) {
        return switch (engine.major()) {
            case 23 -> engine.isBefore(23, 0, 15);
            case 25 -> engine.isBefore(25, 0, 6);
            case 26 -> engine.isBefore(26, 1, 5);
            case 27 -> engine.isBefore(27, 1, 1);
            default -> engine.isBefore(18, 9, 1) || (!engine.isBefore(19, 3, 0) && engine.isBefore(28, 0, 0));
        };
    }
}
