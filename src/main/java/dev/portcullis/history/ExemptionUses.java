package dev.portcullis.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts how much exemptions are used. */
final class ExemptionUses {
    private final JdbcClient client;

    ExemptionUses(Database database) {
        this.client = database.client();
    }

    /**
     * That of each.
     *
     * @param exemptions by namespace and name
     */
    Map<String, ExemptionUse> of(Sight sight, Collection<String> exemptions) {
        Map<String, ExemptionUse> uses = new HashMap<>();
        exemptions.forEach(exemption -> uses.put(exemption, of(sight, exemption)));
        return uses;
    }

    private ExemptionUse of(Sight sight, String exemption) {
        List<Object> values = new ArrayList<>();
        String workloads = "SELECT COUNT(DISTINCT f.workload_id) FROM workload_finding f WHERE f.exemption = ?";
        values.add(exemption);
        workloads += within(sight, "workload w WHERE w.id = f.workload_id", "w.namespace", values);
        String decisions = "SELECT e.seq FROM decision_exemption e WHERE e.exemption = ?";
        values.add(exemption);
        decisions += within(sight, "decision d WHERE d.seq = e.seq", "d.namespace", values);
        return client.sql("SELECT (" + workloads + "), (SELECT COUNT(*) FROM (" + decisions + " LIMIT "
                        + ExemptionUse.MOST_DECISIONS + ") AS kept)")
                .params(values)
                .query((result, _) -> new ExemptionUse(result.getLong(1), result.getLong(2)))
                .single();
    }

    private static String within(Sight sight, String joined, String namespace, List<Object> values) {
        String condition = sight.condition(namespace, values);
        return condition.isEmpty() ? "" : " AND EXISTS (SELECT 1 FROM " + joined + condition + ")";
    }
}
