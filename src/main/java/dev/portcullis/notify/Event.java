package dev.portcullis.notify;

import dev.portcullis.check.Severity;
import dev.portcullis.history.Decision;
import dev.portcullis.history.RecordedFinding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a target is told of one owner. Its text is that of whoever made the request.
 *
 * @param verdict {@code deny}, {@code warn} or {@code audit}
 * @param kind of the controller that the request's subject belongs to in the end; null where it could not be read
 * @param name null where it could not be read, or is still to be generated
 * @param times how often, in the time that is told of
 * @param seq the number of the latest decision
 * @param severity the worst of the findings; null where there are none
 * @param message why it could not be judged; empty where it was
 */
record Event(
        String verdict,
        Instant at,
        String cluster,
        @Nullable String namespace,
        @Nullable String kind,
        @Nullable String name,
        String source,
        String operation,
        @Nullable String user,
        long times,
        long seq,
        @Nullable String severity,
        String message,
        List<RecordedFinding> findings) {
    private static final String ALLOW = "allow";

    static Event of(Decision decision, List<RecordedFinding> findings) {
        return new Event(
                decision.outcome().equals(ALLOW) ? "audit" : decision.outcome(),
                decision.at(),
                decision.cluster(),
                decision.namespace(),
                decision.ownerKind(),
                decision.ownerName() == null ? decision.name() : decision.ownerName(),
                decision.source(),
                decision.operation(),
                decision.username(),
                1,
                decision.seq(),
                worst(findings),
                decision.message(),
                findings);
    }

    /** The id of the worst severity. */
    static @Nullable String worst(List<RecordedFinding> findings) {
        return Arrays.stream(Severity.values())
                .map(Severity::id)
                .filter(id ->
                        findings.stream().anyMatch(finding -> finding.severity().equals(id)))
                .findFirst()
                .orElse(null);
    }

    /** The same, of which there was another before. */
    Event after(Event before) {
        return new Event(
                verdict,
                at,
                cluster,
                namespace,
                kind,
                name,
                source,
                operation,
                user,
                before.times + times,
                seq,
                severity,
                message,
                findings);
    }

    List<String> checks() {
        return findings.stream().map(RecordedFinding::check).distinct().toList();
    }

    /** A hash by which an owner, a verdict and the checks are told from all others. */
    String subject() {
        String text = Stream.concat(
                        Stream.of(
                                verdict,
                                source,
                                cluster,
                                Objects.requireNonNullElse(namespace, ""),
                                Objects.requireNonNullElse(kind, ""),
                                Objects.requireNonNullElse(name, ""),
                                findings.isEmpty() ? message : ""),
                        checks().stream().sorted())
                .map(part -> part.length() + ":" + part)
                .collect(Collectors.joining());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
