package dev.portcullis.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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
        return entry(
                uid,
                namespace,
                owner,
                at,
                outcome,
                Stream.of(checks).map(check -> finding(check, outcome, null)).toList());
    }

    /** One that is let in since there is leave for what is found of it. */
    static Entry exempted(String uid, String namespace, Instant at, String... exemptions) {
        return entry(
                uid,
                namespace,
                "web",
                at,
                Outcome.ALLOW,
                Stream.of(exemptions)
                        .map(exemption -> finding("host-pid", Outcome.DENY, exemption))
                        .toList());
    }

    private static Entry entry(
            String uid, String namespace, String owner, Instant at, Outcome outcome, List<RecordedFinding> findings) {
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

    private static RecordedFinding finding(String check, Outcome outcome, @Nullable String exemption) {
        String mode = outcome == Outcome.DENY ? "enforce" : "warn";
        return new RecordedFinding(
                check, "fail", mode, "high", "default", "web", "spec.containers[0]", "is wrong", exemption);
    }
}
