package dev.portcullis.console;

import dev.portcullis.impact.Affected;
import dev.portcullis.impact.Impact;
import dev.portcullis.impact.ImpactReport;
import dev.portcullis.policy.Report;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** One trial of a policy; written by the thread that makes it, read by those who ask. */
final class ImpactJob {
    /** Owners that are told of, since what is found is kept in memory for a while. */
    private static final int MOST_OWNERS = 1_000;

    private static final int LONGEST_RESULT = 8 << 20;

    private final String id;
    private final String source;
    private final Instant startedAt;
    private final Impact impact = new Impact(MOST_OWNERS);
    private volatile int judged;
    private volatile State state = State.RUNNING;
    private volatile @Nullable Instant endedAt;
    private volatile @Nullable String problem;
    private volatile @Nullable String result;

    private enum State {
        RUNNING("running"),
        DONE("done"),
        FAILED("failed");

        private final String id;

        State(String id) {
            this.id = id;
        }
    }

    /**
     * A trial that begins.
     *
     * @param source what it is tried on, for people
     */
    ImpactJob(String id, String source, Instant startedAt) {
        this.id = id;
        this.source = source;
        this.startedAt = startedAt;
    }

    String id() {
        return id;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    void add(Report before, Report after) {
        impact.add(
                new Affected.Owner(
                        null,
                        before.subject().kind(),
                        before.subject().namespace(),
                        before.subject().name()),
                before,
                after);
        judged = impact.judged();
    }

    /** Adds to what is found, unless it is time to end. */
    boolean add(Consumer<Impact> more, BooleanSupplier over) {
        if (over.getAsBoolean()) {
            return false;
        }
        more.accept(impact);
        judged = impact.judged();
        return true;
    }

    void end(Instant now) {
        String written = Answer.JSON.writeValueAsString(ImpactReport.json(impact));
        if (written.length() > LONGEST_RESULT) {
            fail("what would change is too much to keep: try a shorter time, or one namespace", now);
            return;
        }
        result = written;
        endedAt = now;
        state = State.DONE;
    }

    void fail(String why, Instant now) {
        problem = why;
        endedAt = now;
        state = State.FAILED;
    }

    /**
     * What it has come to.
     *
     * @param whole whether with what was found
     */
    ObjectNode json(boolean whole) {
        State now = state;
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("state", now.id)
                .put("source", source)
                .put("startedAt", startedAt.toString())
                .put("endedAt", endedAt == null ? null : String.valueOf(endedAt))
                .put("judged", judged)
                .put("problem", problem);
        if (whole) {
            String found = result;
            if (found == null) {
                node.putNull("impact");
            } else {
                node.putRawValue("impact", new RawValue(found));
            }
        }
        return node;
    }
}
