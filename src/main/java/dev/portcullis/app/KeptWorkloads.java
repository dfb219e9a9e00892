package dev.portcullis.app;

import dev.portcullis.document.JsonPatch;
import dev.portcullis.history.History;
import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import dev.portcullis.scan.ObjectKey;
import dev.portcullis.scan.Surveyed;
import dev.portcullis.scan.Told;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;

/** Keeps what a scan finds, a few hundred workloads at a time; what cannot be written waits, in its latest state alone. */
final class KeptWorkloads implements Told {
    private static final Logger LOG = LoggerFactory.getLogger(KeptWorkloads.class);
    private static final int AT_ONCE = 200;

    private final History history;
    private final String cluster;
    private final InstantSource clock;
    private final Instant began;
    private final Map<WorkloadState.Key, @Nullable WorkloadState> waiting = new LinkedHashMap<>();
    private boolean swept;

    KeptWorkloads(History history, String cluster, InstantSource clock) {
        this.history = history;
        this.cluster = cluster;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public void judged(Surveyed surveyed) {
        WorkloadState state = new WorkloadState(
                cluster,
                surveyed.key().namespace(),
                surveyed.key().kind().id(),
                surveyed.key().name(),
                made(surveyed),
                clock.instant(),
                surveyed.report().version(),
                findings(surveyed));
        waiting.put(state.key(), state);
        // While the database is away, not every single one is a reason to try.
        if (waiting.size() % AT_ONCE == 0) {
            write();
        }
    }

    private static List<WorkloadFinding> findings(Surveyed surveyed) {
        Report report = surveyed.report();
        List<@Nullable ArrayNode> fixes =
                Inspection.Judged.of("", surveyed.object(), report).fixes();
        List<WorkloadFinding> findings = new ArrayList<>();
        for (int i = 0; i < report.findings().size(); i++) {
            Judged judged = report.findings().get(i);
            if (judged.finding().isViolation()) {
                Object value = judged.finding().value();
                findings.add(WorkloadFinding.of(judged, value == null ? null : JsonPatch.node(value), fixes.get(i)));
            }
        }
        return findings;
    }

    private Instant made(Surveyed surveyed) {
        String stamp =
                surveyed.object().path("metadata").path("creationTimestamp").stringValue("");
        try {
            return Instant.parse(stamp);
        } catch (DateTimeParseException absent) {
            return clock.instant();
        }
    }

    @Override
    public void gone(ObjectKey key) {
        waiting.put(new WorkloadState.Key(key.namespace(), key.kind().id(), key.name()), null);
    }

    @Override
    public void settled() {
        if (write() && !swept) {
            try {
                history.forgetWorkloads(cluster, began);
                swept = true;
            } catch (HistoryUnavailableException away) {
                LOG.debug("what is there no more stays for now", away);
            }
        }
    }

    /** Whether nothing waits any more. */
    private boolean write() {
        if (waiting.isEmpty()) {
            return true;
        }
        List<WorkloadState> states = new ArrayList<>();
        List<WorkloadState.Key> gone = new ArrayList<>();
        waiting.forEach((key, state) -> {
            if (state == null) {
                gone.add(key);
            } else {
                states.add(state);
            }
        });
        try {
            history.replace(cluster, states, gone);
            waiting.clear();
            return true;
        } catch (HistoryUnavailableException away) {
            LOG.debug("what was found waits", away);
            return false;
        }
    }
}
