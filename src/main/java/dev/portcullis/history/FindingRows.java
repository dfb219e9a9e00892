package dev.portcullis.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads what is found of workloads. */
final class FindingRows {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String INSERT = "INSERT INTO workload_finding (workload_id, number, check_id, result, mode,"
            + " severity, policy, container, field, found, message, fix, exemption, severity_rank, since)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private FindingRows() {}

    /** @param since in milliseconds, of those that were found before; the others are as old as {@code now} */
    static void insert(
            JdbcTemplate jdbc,
            long workload,
            List<WorkloadFinding> findings,
            Map<WorkloadFinding.Spot, Long> since,
            Instant now) {
        List<Object[]> rows = new ArrayList<>();
        for (WorkloadFinding finding : findings) {
            rows.add(new @Nullable Object[] {
                workload,
                rows.size(),
                finding.check(),
                finding.result(),
                finding.mode(),
                finding.severity(),
                finding.policy(),
                finding.container(),
                finding.field(),
                text(finding.value()),
                finding.message(),
                text(finding.fix()),
                finding.exemption(),
                finding.rank(),
                since.getOrDefault(finding.spot(), now.toEpochMilli())
            });
        }
        jdbc.batchUpdate(INSERT, rows);
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        // Half a character would be no text to a database.
        return json == null ? null : Kept.text(json.toString(), Integer.MAX_VALUE);
    }

    static WorkloadFinding read(ResultSet result) throws SQLException {
        return new WorkloadFinding(
                result.getString("check_id"),
                result.getString("result"),
                result.getString("mode"),
                result.getString("severity"),
                result.getString("policy"),
                result.getString("container"),
                result.getString("field"),
                json(result.getString("found")),
                result.getString("message"),
                json(result.getString("fix")),
                result.getString("exemption"),
                Instant.ofEpochMilli(result.getLong("since")));
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : JSON.readTree(text);
    }
}
