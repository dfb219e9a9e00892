package dev.portcullis.reports;

import dev.portcullis.scan.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One report: what it should say, what it says, and what is to be done about that. Guarded by its keeper. */
final class Slot {
    final String namespace;
    final String name;

    @Nullable ObjectKey subject;

    /** The content that it should have, 0 where there should be no report. */
    long desired;

    /** The content that it has, 0 where there is none. */
    long stored;

    /** What the API server made of {@link #accepted}, where it keeps less than was written. */
    long kept;

    long accepted;
    int results;
    boolean omitted;
    boolean busy;

    @Nullable Instant failed;

    private @Nullable Work work;

    /** What is to be done. */
    sealed interface Work {}

    /** It is to be written, with this content. */
    record Write(ObjectNode report, long content) implements Work {}

    /** It is to be deleted. */
    record Delete() implements Work {}

    Slot(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    /** Whether it is as it should be. */
    boolean isSettled() {
        return stored == desired || (desired != 0 && desired == accepted && stored == kept);
    }

    /** Sets what is to be done; says whether nobody knows of it yet. */
    boolean plan(Work next) {
        boolean fresh = work == null && !busy;
        work = next;
        return fresh;
    }

    /** Takes what is to be done. */
    @Nullable Work take() {
        Work taken = work;
        work = null;
        busy = taken != null;
        return taken;
    }

    boolean isPlanned() {
        return busy || work != null;
    }

    void drop() {
        work = null;
    }
}
