package dev.portcullis.profile.apparmor;

import dev.portcullis.profile.ProfileException;
import java.util.ArrayList;
import java.util.List;

/** What engines' own profiles deny too: the kernel's settings, its memory, and mounting. */
final class KernelRules {
    private static final PathPattern CONTROL_GROUPS =
            new PathPattern("/sys/fs/cgroup{,/,/**}", "/sys/fs/cgroup", false);

    /** Not even to be read. */
    private static final List<String> SECRET =
            List.of("/sys/devices/virtual/powercap/", "/sys/firmware/", "/sys/kernel/security/");

    private KernelRules() {}

    static List<String> of(Description description) throws ProfileException {
        List<String> lines = new ArrayList<>();
        lines.add("deny mount,");
        for (String file : List.of("kcore", "kmem", "mem", "sysrq-trigger")) {
            lines.add("deny @{PROC}/" + file + " rwklx,");
        }
        // Everything but what belongs to a process.
        lines.add("deny @{PROC}/[^1-9]** w,");
        List<PathPattern> exceptions = new ArrayList<>(List.of(CONTROL_GROUPS));
        for (PathPattern place : description.writable().patterns()) {
            if (place.literal().startsWith("/sys/")) {
                exceptions.add(place);
            }
        }
        for (String pattern : Carving.below("/sys", "/sys/", exceptions)) {
            lines.add("deny " + PathPattern.quoted(pattern) + " wklx,");
        }
        for (String folder : SECRET) {
            boolean opened = exceptions.stream()
                    .anyMatch(place -> place.literal().startsWith(folder) || folder.startsWith(place.literal() + "/"));
            if (!opened) {
                lines.add("deny " + folder + "** rwklx,");
            }
        }
        return lines;
    }
}
