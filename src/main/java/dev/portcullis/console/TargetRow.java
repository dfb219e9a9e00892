package dev.portcullis.console;

import dev.portcullis.notify.Notifications.Status;
import dev.portcullis.notify.Selection;
import dev.portcullis.notify.Target;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target of notifications, as the console tells of it: nothing secret.
 *
 * @param quietSeconds for how long it is not told of the same again
 * @param next when the next digest is due; null where it gets none
 * @param failure why an attempt failed last; empty where none did
 * @param waiting how many decisions are still to be looked at for it
 * @param lost how many decisions and digests it was not told of
 */
record TargetRow(
        String name,
        String kind,
        String address,
        List<String> namespaces,
        List<String> excludeNamespaces,
        List<String> checks,
        @Nullable String severity,
        List<String> modes,
        List<String> sources,
        long quietSeconds,
        @Nullable String schedule,
        @Nullable Instant next,
        @Nullable Instant succeededAt,
        @Nullable Instant failedAt,
        String failure,
        long waiting,
        long lost) {
    static TargetRow of(Status status) {
        Target target = status.target();
        Selection selection = target.selection();
        var notified = status.notified();
        return new TargetRow(
                target.name(),
                target.kind().id(),
                status.address(),
                selection.namespaces(),
                selection.excluded(),
                sorted(selection.checks()),
                selection.severity() == null ? null : selection.severity().id(),
                sorted(selection.modes()),
                sorted(selection.sources()),
                target.quiet().toSeconds(),
                status.schedule(),
                status.next(),
                notified == null ? null : notified.succeededAt(),
                notified == null ? null : notified.failedAt(),
                notified == null ? "" : notified.failure(),
                notified == null || target.letter() != null ? 0 : notified.waiting(),
                notified == null ? 0 : notified.lost());
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
