package dev.portcullis.docker;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;

/** Reads the limits of memory and CPU; 0 and less are none. What would be filled in is what the engine would take. */
final class LimitReader {
    private static final long LEAST_QUOTA = 1_000;
    private static final long LEAST_PERIOD = 1_000;
    private static final long LONGEST_PERIOD = 1_000_000;

    private LimitReader() {}

    /** The engine refuses a limit below what is reserved. */
    static Setting<String> memory(GoValue host, EngineNotation notation) {
        long reserved = host.field("MemoryReservation").number();
        Notation<String> written =
                (path, bytes) -> notation.limit().edit(path, Long.toString(Math.max(Long.parseLong(bytes), reserved)));
        return limit(host.field("Memory"), written);
    }

    /** {@code NanoCpus}, or a quota of a period; the engine refuses both together. */
    static Setting<String> cpu(GoValue host, EngineNotation notation) {
        GoValue quota = host.field("CpuQuota");
        long period = host.field("CpuPeriod").number();
        boolean byQuota = quota.number() > 0 || (period >= LEAST_PERIOD && period <= LONGEST_PERIOD);
        if (host.field("NanoCpus").number() > 0 || !byQuota) {
            return limit(host.field("NanoCpus"), notation.cpuLimit());
        }
        return limit(
                quota,
                (path, millicores) -> new Edit.Set(
                        path, Math.max(LEAST_QUOTA, Math.multiplyExact(period, Long.parseLong(millicores)) / 1000)));
    }

    private static Setting<String> limit(GoValue limit, Notation<String> notation) {
        return limit.number() <= 0
                ? new Setting.Absent<>(limit.path(), notation)
                : new Setting.Declared<>(Long.toString(limit.number()), limit.path(), limit.number(), notation);
    }
}
