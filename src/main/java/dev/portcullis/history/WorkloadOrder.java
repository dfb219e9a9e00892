package dev.portcullis.history;

import dev.portcullis.history.Keyset.Column;
import java.util.List;

/** In which order workloads are listed; what is alike stays in the order of their numbers. */
public record WorkloadOrder(By by, boolean descending) {
    /** That in which they were written down. */
    public static final WorkloadOrder WRITTEN = new WorkloadOrder(By.WRITTEN, false);

    /** What they are ordered by. */
    public enum By {
        /** The order in which they were written down. */
        WRITTEN("written"),
        /** Their names. */
        NAME("name"),
        /** Their namespaces, and in them their names. */
        NAMESPACE("namespace"),
        /** How many findings would deny them, and of as many, how many warn of them. */
        FAILURES("failures"),
        /** The worst finding that counts. */
        SEVERITY("severity"),
        /** When what is found of them last became another. */
        LAST_CHANGE("lastChange");

        private final String id;

        By(String id) {
            this.id = id;
        }

        /** What it is called in a question. */
        public String id() {
            return id;
        }
    }

    /** The columns that it goes by; the last tells all rows apart. */
    Keyset keyset() {
        Column id = Column.number("w.id");
        List<Column> columns = switch (by) {
            case WRITTEN -> List.of(id);
            case NAME -> List.of(Column.text("w.name"), id);
            case NAMESPACE -> List.of(Column.text("w.namespace"), Column.text("w.name"), id);
            case FAILURES -> List.of(Column.number("w.enforce"), Column.number("w.warn"), id);
            case SEVERITY -> List.of(Column.number("w.worst"), id);
            case LAST_CHANGE -> List.of(Column.number("w.changed_at"), id);
        };
        return new Keyset(columns, descending);
    }
}
