package dev.portcullis.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.history.Decision;
import dev.portcullis.history.Denial;
import dev.portcullis.history.RecordedFinding;
import dev.portcullis.workload.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alerts for owners that are denied. One fires until its owner is let in, or was not denied for an hour; it is sent again before
 * it would end by itself, so that neither side need remember anything.
 */
final class Alertmanager implements AutoCloseable {
    /** After which an owner that is denied no more, and not let in either, is taken to be gone: ReplicaSets try more often. */
    static final Duration GONE = Duration.ofHours(1);

    /** After which an alert ends by itself, in case nobody sends it again. */
    static final Duration LASTS = Duration.ofMinutes(5);

    static final String API = "/api/v2/alerts";

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_MESSAGE = 300;
    private static final int MOST_FINDINGS = 10;

    private final HttpTarget http;
    private final Links links;
    private final Selection selection;

    Alertmanager(HttpTarget http, Links links, Selection selection) {
        this.http = http;
        this.links = links;
        this.selection = selection;
    }

    void send(List<Alert> alerts) throws UnsentException, InterruptedException {
        http.post(JSON.writeValueAsBytes(alerts), "application/json; charset=utf-8", Map.of());
    }

    void test(Instant now) throws UnsentException, InterruptedException {
        send(List.of(new Alert(
                Map.of("alertname", "PortcullisTest", "severity", "none"),
                Map.of("summary", "This is a test of Portcullis: what it denies is told here."),
                now,
                now.plus(Duration.ofMinutes(1)),
                Objects.requireNonNullElse(links.page("/"), ""))));
    }

    /**
     * The alert for an owner.
     *
     * @param last the decision that denied it last
     */
    Optional<Alert> of(Denial denial, Decision last, Instant now) {
        List<RecordedFinding> findings = selection.of(last.findings());
        if (selection.of(last).isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> labels = new TreeMap<>();
        labels.put("alertname", "PortcullisDenied");
        put(labels, "cluster", denial.cluster());
        put(labels, "namespace", denial.namespace());
        put(labels, "owner_kind", denial.ownerKind());
        put(labels, "owner", denial.ownerName());
        put(labels, "source", last.source());
        put(labels, "severity", Event.worst(findings));
        return Optional.of(new Alert(
                labels,
                annotations(denial, last, findings),
                denial.firstSeen(),
                end(denial, now),
                Objects.requireNonNullElse(
                        links.owner(denial.namespace(), denial.ownerKind(), denial.ownerName()), "")));
    }

    private static Instant end(Denial denial, Instant now) {
        if (denial.resolvedAt() != null) {
            return denial.resolvedAt();
        }
        Instant gone = denial.lastSeen().plus(GONE);
        Instant soon = now.plus(LASTS);
        return gone.isBefore(soon) ? gone : soon;
    }

    private static Map<String, String> annotations(Denial denial, Decision last, List<RecordedFinding> findings) {
        Map<String, String> annotations = new TreeMap<>();
        put(
                annotations,
                "summary",
                denial.ownerKind() + " " + denial.ownerName()
                        + (denial.namespace().isEmpty() ? "" : " in " + denial.namespace()) + " is denied");
        String description = findings.stream()
                .limit(MOST_FINDINGS)
                .map(finding -> Printable.text(finding.check() + ": " + finding.message(), LONGEST_MESSAGE))
                .collect(Collectors.joining("\n"));
        annotations.put(
                "description", description.isEmpty() ? Printable.text(last.message(), LONGEST_MESSAGE) : description);
        annotations.put(
                "checks",
                findings.stream().map(RecordedFinding::check).distinct().collect(Collectors.joining(" ")));
        annotations.put("times", Long.toString(denial.times()));
        return annotations;
    }

    /** Alertmanager takes a label without a value for one that is not there. */
    private static void put(Map<String, String> into, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            into.put(name, Printable.text(value, LONGEST_NAME));
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
