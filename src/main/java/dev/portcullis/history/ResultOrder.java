package dev.portcullis.history;

import dev.portcullis.history.Keyset.Column;
import java.util.List;

/** In which order results are listed; those of one workload stay together but where they are ordered by what they say. */
public record ResultOrder(By by, boolean descending) {
    /** That in which workloads were written down. */
    public static final ResultOrder WRITTEN = new ResultOrder(By.WRITTEN, false);

    private static final Column NUMBER = Column.number("f.number");

    /** What they are ordered by. */
    public enum By {
        /** The order in which workloads were written down. */
        WRITTEN("written"),
        /** The names of workloads. */
        NAME("name"),
        /** The namespaces of workloads, and in them their names. */
        NAMESPACE("namespace"),
        /** When what is found of a workload last became another. */
        LAST_CHANGE("lastChange"),
        /** How grave it is. */
        SEVERITY("severity"),
        /** The check that finds it. */
        CHECK("check");

        private final String id;

        By(String id) {
            this.id = id;
        }

        /** What it is called in a question. */
        public String id() {
            return id;
        }
    }

    /** Whether whole workloads follow one another. */
    boolean isByWorkload() {
        return by != By.SEVERITY && by != By.CHECK;
    }

    /** The columns that an index leads through: those of workloads, or of findings. */
    Keyset leading() {
        return switch (by) {
            case WRITTEN -> ofWorkloads(WorkloadOrder.By.WRITTEN);
            case NAME -> ofWorkloads(WorkloadOrder.By.NAME);
            case NAMESPACE -> ofWorkloads(WorkloadOrder.By.NAMESPACE);
            case LAST_CHANGE -> ofWorkloads(WorkloadOrder.By.LAST_CHANGE);
            case SEVERITY -> ofFindings(Column.number("f.severity_rank"));
            case CHECK -> ofFindings(Column.text("f.check_id"));
        };
    }

    private Keyset ofWorkloads(WorkloadOrder.By order) {
        return new WorkloadOrder(order, descending).keyset();
    }

    private Keyset ofFindings(Column first) {
        return new Keyset(List.of(first, Column.number("f.workload_id"), NUMBER), descending);
    }

    /** The columns that it goes by. */
    Keyset keyset() {
        return isByWorkload() ? leading().with(NUMBER) : leading();
    }
}
