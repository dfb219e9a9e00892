package dev.portcullis.history;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

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
    List<String> columns() {
        return switch (by) {
            case WRITTEN -> List.of("id");
            case NAME -> List.of("name", "id");
            case NAMESPACE -> List.of("namespace", "name", "id");
            case FAILURES -> List.of("enforce", "warn", "id");
            case SEVERITY -> List.of("worst", "id");
            case LAST_CHANGE -> List.of("changed_at", "id");
        };
    }

    /** The condition that a row comes after the one with these keys, after AND. */
    String after() {
        String columns = columns().stream().map(column -> "w." + column).collect(Collectors.joining(", "));
        String values = String.join(", ", Collections.nCopies(columns().size(), "?"));
        return " AND (" + columns + ") " + (descending ? "<" : ">") + " (" + values + ")";
    }

    /** What comes after ORDER BY. */
    String clause() {
        return columns().stream()
                .map(column -> "w." + column + (descending ? " DESC" : ""))
                .collect(Collectors.joining(", "));
    }

    /** Whether keys are those of a row in this order. */
    boolean fits(List<Object> keys) {
        Class<?> first = by == By.NAME || by == By.NAMESPACE ? String.class : Long.class;
        int last = keys.size() - 1;
        return keys.size() == columns().size()
                && keys.get(last) instanceof Long
                && keys.subList(0, last).stream().allMatch(first::isInstance);
    }
}
