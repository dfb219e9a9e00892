package dev.portcullis.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries to write. */
final class Sample {
    static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private Sample() {}

    static Entry denied(String uid, String namespace, String owner, Instant at, String... checks) {
        return entry(uid, namespace, owner, at, Outcome.DENY, checks);
    }

    static Entry allowed(String uid, String namespace, String owner, Instant at) {
        return entry(uid, namespace, owner, at, Outcome.ALLOW);
    }

    static Entry entry(String uid, String namespace, String owner, Instant at, Outcome outcome, String... checks) {
        List<RecordedFinding> findings =
                List.of(checks).stream().map(check -> finding(check, outcome)).toList();
        byte[] body = {1, 2, 3};
        return new Entry(
                Source.ADMISSION,
                uid,
                at,
                outcome,
                "default",
                "CREATE",
                "ann",
                new Entry.Subject("Pod", namespace, owner + "-1", "Deployment", owner),
                "v1",
                Duration.ofNanos(345_678),
                "",
                findings,
                body);
    }

    private static RecordedFinding finding(String check, Outcome outcome) {
        String mode = outcome == Outcome.DENY ? "enforce" : "warn";
        @Nullable String nothing = null;
        return new RecordedFinding(
                check, "fail", mode, "high", "default", "web", "spec.containers[0]", "is wrong", nothing);
    }
}
