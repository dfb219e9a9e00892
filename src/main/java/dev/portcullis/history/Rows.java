package dev.portcullis.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of the log in the database. */
final class Rows {
    static final String COLUMNS =
            "seq, position, source, uid, outcome, cluster, operation, username, kind, namespace, name,"
                    + " owner_kind, owner_name, policies, micros, message, findings, body_hash";

    static final String INSERT = "INSERT INTO decision (" + COLUMNS + ", severities, modes, hash)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private Rows() {}

    static Row read(ResultSet result, int ignored) throws SQLException {
        return new Row(
                result.getLong("seq"),
                result.getLong("position"),
                result.getString("source"),
                result.getString("uid"),
                result.getString("outcome"),
                result.getString("cluster"),
                result.getString("operation"),
                result.getString("username"),
                result.getString("kind"),
                result.getString("namespace"),
                result.getString("name"),
                result.getString("owner_kind"),
                result.getString("owner_name"),
                result.getString("policies"),
                result.getLong("micros"),
                result.getString("message"),
                result.getString("findings"),
                result.getBytes("body_hash"));
    }

    static void write(PreparedStatement insert, Appended appended) throws SQLException {
        Row row = appended.row();
        int at = 0;
        insert.setLong(++at, row.seq());
        insert.setLong(++at, row.position());
        insert.setString(++at, row.source());
        insert.setString(++at, row.uid());
        insert.setString(++at, row.outcome());
        insert.setString(++at, row.cluster());
        insert.setString(++at, row.operation());
        insert.setString(++at, row.username());
        insert.setString(++at, row.kind());
        insert.setString(++at, row.namespace());
        insert.setString(++at, row.name());
        insert.setString(++at, row.ownerKind());
        insert.setString(++at, row.ownerName());
        insert.setString(++at, row.policies());
        insert.setLong(++at, row.micros());
        insert.setString(++at, row.message());
        insert.setString(++at, row.findings());
        insert.setBytes(++at, row.bodyHash());
        List<RecordedFinding> findings = appended.entry().findings();
        insert.setString(++at, words(findings.stream().map(RecordedFinding::severity)));
        insert.setString(
                ++at, words(findings.stream().filter(RecordedFinding::counts).map(RecordedFinding::mode)));
        insert.setBytes(++at, appended.hash());
    }

    /** Words of which each can be searched for. */
    private static String words(Stream<String> words) {
        return words.distinct().sorted().collect(Collectors.joining(" ", " ", " "));
    }

    /** The pattern by which a word is found among such. */
    static String pattern(String word) {
        return "% " + word + " %";
    }

    /** A row that is appended, and what it was made of. */
    @SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
    record Appended(Entry entry, Row row, byte[] hash) {}
}
