package dev.portcullis.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Columns that rows are in the order of, which together tell them apart, and how a list goes on from one of its rows. */
record Keyset(List<Column> columns, boolean descending) {
    /**
     * A column of names or of whole numbers.
     *
     * @param name with the table's before it: {@code w.name}
     */
    record Column(String name, Class<?> type) {
        static Column text(String name) {
            return new Column(name, String.class);
        }

        static Column number(String name) {
            return new Column(name, Long.class);
        }

        private Object of(ResultSet row) throws SQLException {
            String label = name.substring(name.indexOf('.') + 1);
            return type == String.class ? row.getString(label) : (Object) row.getLong(label);
        }
    }

    /** Rows that follow one another in an index: a condition after AND, and its values. */
    record Range(String condition, List<Object> values) {}

    /** Those of a row. */
    List<Object> keys(ResultSet row) throws SQLException {
        List<Object> keys = new ArrayList<>();
        for (Column column : columns) {
            keys.add(column.of(row));
        }
        return keys;
    }

    /** Whether keys are those of a row in this order. */
    boolean fits(List<Object> keys) {
        if (keys.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!columns.get(i).type().isInstance(keys.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What comes after SELECT. */
    String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** What comes after ORDER BY. */
    String clause() {
        return columns.stream()
                .map(column -> column.name() + (descending ? " DESC" : ""))
                .collect(Collectors.joining(", "));
    }

    /**
     * The rows after one, one range after the other: H2 looks through all rows before, where it is asked for them at once.
     *
     * @param keys of the row; null for all rows
     */
    List<Range> after(@Nullable List<Object> keys) {
        if (keys == null) {
            return List.of(new Range("", List.of()));
        }
        List<Range> ranges = new ArrayList<>();
        for (int last = keys.size() - 1; last >= 0; last--) {
            String alike = columns.subList(0, last).stream()
                    .map(column -> " AND " + column.name() + " = ?")
                    .collect(Collectors.joining());
            String beyond = " AND " + columns.get(last).name() + (descending ? " < ?" : " > ?");
            ranges.add(new Range(alike + beyond, keys.subList(0, last + 1)));
        }
        return ranges;
    }

    /**
     * The condition that a row comes after one and not after another: for few rows, since no index answers it.
     *
     * @param after keys of the one; null for any row
     * @param last keys of the other; null for any row
     */
    Range between(@Nullable List<Object> after, @Nullable List<Object> last) {
        List<Object> values = new ArrayList<>();
        return new Range(
                compared(descending ? "<" : ">", after, values) + compared(descending ? ">=" : "<=", last, values),
                values);
    }

    private String compared(String sign, @Nullable List<Object> keys, List<Object> values) {
        if (keys == null) {
            return "";
        }
        values.addAll(keys);
        return " AND (" + names() + ") " + sign + " (" + String.join(", ", Collections.nCopies(keys.size(), "?")) + ")";
    }

    /** The same with one column more. */
    Keyset with(Column column) {
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        return new Keyset(List.copyOf(more), descending);
    }
}
