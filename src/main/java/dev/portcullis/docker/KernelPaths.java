package dev.portcullis.docker;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.List;

/** The paths of /proc and /sys that every engine since 20.10 hides or makes read-only unless a body says otherwise. */
final class KernelPaths {
    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/firmware");

    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private KernelPaths() {}

    static Setting<Boolean> masked(GoValue host) {
        return covers(host.field("MaskedPaths"), MASKED);
    }

    static Setting<Boolean> readOnly(GoValue host) {
        return covers(host.field("ReadonlyPaths"), READ_ONLY);
    }

    /** Null is the engine's default; a list replaces it, and an empty one leaves nothing. */
    private static Setting<Boolean> covers(GoValue paths, List<String> usual) {
        Notation<Boolean> notation = (path, covered) -> new Edit.Set(path, covered ? usual : List.of());
        if (!paths.isSet()) {
            return new Setting.Absent<>(paths.path(), notation, true);
        }
        List<String> said = paths.elements().stream().map(GoValue::text).toList();
        return new Setting.Declared<>(said.containsAll(usual), paths.path(), said, notation);
    }
}
