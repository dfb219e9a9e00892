package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.history.Entry;
import dev.portcullis.history.History;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.RecordedFinding;
import dev.portcullis.history.Source;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import dev.portcullis.testing.Shared;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fills a server with what a real API server asked: judged by its gate, and as what runs. */
final class ConsoleData {
    static final String CLUSTER = "c1";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> CONTROLLERS = Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job");

    private static final int TIMES = 7;
    private static final long MINUTES = 2_800;

    private final RunningServer portcullis;
    private final ConsoleClient console;
    private final History history;
    private final Map<WorkloadState.Key, WorkloadState> running = new LinkedHashMap<>();

    private ConsoleData(RunningServer portcullis) throws IOException {
        this.portcullis = portcullis;
        this.console = new ConsoleClient(portcullis);
        this.history = of(portcullis);
        await().atMost(20, SECONDS).until(history::isOpen);
    }

    /** What a server keeps its decisions in. */
    static History of(RunningServer portcullis) {
        return Objects.requireNonNull(portcullis.bean(Keeping.class).history());
    }

    static void fill(RunningServer portcullis) throws Exception {
        ConsoleData data = new ConsoleData(portcullis);
        for (String line : Files.readAllLines(Shared.path("recorded/admission-reviews.jsonl"))) {
            JsonNode recorded = JSON.readTree(line);
            data.ask(recorded.path("path").asString(""), recorded.path("body"));
        }
        data.history.replace(CLUSTER, data.running.values(), List.of());
        await().atMost(30, SECONDS)
                .until(() -> data.console
                                .get("/api/v1/decisions?limit=500")
                                .path("decisions")
                                .size()
                        > 50);
        data.repeatInThePast();
    }

    private void ask(String path, JsonNode review) throws Exception {
        JsonNode object = review.at("/request/object");
        if (path.startsWith("/validate")) {
            assertThat(portcullis.post("/validate", review.toString()).statusCode())
                    .isEqualTo(200);
        }
        if (CONTROLLERS.contains(object.path("kind").asString(""))) {
            run(object);
        }
    }

    private void run(JsonNode object) throws Exception {
        HttpResponse<String> answer = portcullis.post("/review", object.toString());
        List<WorkloadFinding> findings = new ArrayList<>();
        for (JsonNode finding :
                JSON.readTree(answer.body()).at("/results/0/findings").values()) {
            if (!finding.path("result").asString("").equals("skip")) {
                findings.add(new WorkloadFinding(
                        finding.path("check").asString(""),
                        finding.path("result").asString(""),
                        finding.path("mode").asString(""),
                        finding.path("severity").asString(""),
                        finding.path("policy").asString(""),
                        text(finding.path("container")),
                        text(finding.path("field")),
                        finding.path("value"),
                        finding.path("message").asString(""),
                        finding.path("fix").path("patch").isArray()
                                ? finding.path("fix").path("patch")
                                : null,
                        null));
            }
        }
        WorkloadState state = new WorkloadState(
                CLUSTER,
                object.at("/metadata/namespace").asString(""),
                object.path("kind").asString(""),
                object.at("/metadata/name").asString(""),
                Instant.now().minus(Duration.ofDays(9)),
                Instant.now().minus(Duration.ofMinutes(7)),
                "v1",
                findings);
        running.put(state.key(), state);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    /** The same decisions several times in the last two days. */
    private void repeatInThePast() throws Exception {
        List<JsonNode> decisions = new ArrayList<>(
                console.get("/api/v1/decisions?limit=500").path("decisions").values());
        for (int i = 0; i < TIMES * decisions.size(); i++) {
            JsonNode decision = decisions.get(i % decisions.size());
            Instant then = Instant.now().minus(Duration.ofMinutes(20L + i * 787L % MINUTES));
            String uid = "past-" + i;
            assertThat(history.record(1_000, () -> entry(decision, uid, then))).isTrue();
        }
        await().atMost(40, SECONDS)
                .until(() -> console.get("/api/v1/trends?from=" + Instant.now().minus(Duration.ofDays(2)))
                                .path("hours")
                                .size()
                        > 20);
    }

    @SuppressWarnings("NullAway") // that a body may be null is lost in the class file, since it is an array
    private static Entry entry(JsonNode decision, String uid, Instant at) {
        List<RecordedFinding> findings = decision.path("findings").values().stream()
                .map(finding -> JSON.treeToValue(finding, RecordedFinding.class))
                .toList();
        return new Entry(
                Source.ADMISSION,
                uid,
                at,
                outcome(decision),
                decision.path("cluster").asString(""),
                decision.path("operation").asString(""),
                text(decision.path("username")),
                new Entry.Subject(
                        decision.path("kind").asString(""),
                        text(decision.path("namespace")),
                        text(decision.path("name")),
                        decision.path("ownerKind").asString(""),
                        text(decision.path("ownerName"))),
                text(decision.path("policies")),
                Duration.ofNanos(1_000 * decision.path("micros").longValue()),
                decision.path("message").asString(""),
                findings,
                null);
    }

    private static Outcome outcome(JsonNode decision) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.id().equals(decision.path("outcome").asString("")))
                .findFirst()
                .orElseThrow();
    }
}
