package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.BooleanNode;

/** Workloads that run, and how all of a list are read. */
final class Running {
    /** All of them. */
    static final WorkloadFilter ALL = new WorkloadFilter(null, null, null, null, null, null, null);

    private Running() {}

    /** A Deployment of the cluster c1 that was judged when it was made. */
    static WorkloadState deployment(String namespace, String name, Instant made, WorkloadFinding... findings) {
        return new WorkloadState("c1", namespace, "Deployment", name, NOON, made, "v1", List.of(findings));
    }

    static WorkloadFinding finding(String check, String mode, String severity, @Nullable String exemption) {
        return new WorkloadFinding(
                check, "fail", mode, severity, "default", "web", "spec", BooleanNode.TRUE, "is wrong", null, exemption);
    }

    /**
     * All rows of a list, page after page.
     *
     * @param page the one after a cursor, which is null for the first
     * @param rows those of a page
     * @param next the cursor of the one after; null after the last
     */
    static <P, R> List<R> all(
            Function<@Nullable String, P> page, Function<P, List<R>> rows, Function<P, @Nullable String> next) {
        List<R> all = new ArrayList<>();
        String cursor = null;
        do {
            P read = page.apply(cursor);
            all.addAll(rows.apply(read));
            cursor = next.apply(read);
        } while (cursor != null);
        return all;
    }
}
