package dev.portcullis.console;

import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as CSV (RFC 4180), of which no value is a formula to whoever opens it in a spreadsheet, nor steers a terminal. */
record Csv<T>(List<Column<T>> columns) {
    /**
     * A column.
     *
     * @param value a row's, a number as it is and else as text; null where it has none
     */
    record Column<T>(String name, Function<T, @Nullable Object> value) {}

    void header(Appendable out) throws IOException {
        out.append(columns.stream().map(Column::name).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    void row(T row, Appendable out) throws IOException {
        String separator = "";
        for (Column<T> column : columns) {
            out.append(separator);
            add(column.value().apply(row), out);
            separator = ",";
        }
        out.append("\r\n");
    }

    private static void add(@Nullable Object value, Appendable out) throws IOException {
        if (value instanceof Long number) {
            out.append(number.toString());
            return;
        }
        String text = value == null ? "" : Printable.text(value.toString(), Integer.MAX_VALUE);
        if (text.isEmpty()) {
            return;
        }
        boolean formula = "=+-@".indexOf(text.charAt(0)) >= 0;
        out.append('"')
                .append(formula ? "'" : "")
                .append(text.replace("\"", "\"\""))
                .append('"');
    }
}
