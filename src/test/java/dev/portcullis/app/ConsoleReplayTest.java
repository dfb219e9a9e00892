package dev.portcullis.app;

import static dev.portcullis.app.ConsoleClient.each;
import static dev.portcullis.app.ConsoleClient.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.docker.DockerReader;
import dev.portcullis.engine.EngineCall;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.history.Entry;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.Source;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Report;
import dev.portcullis.testing.Reviews;
import dev.portcullis.workload.Requester;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Decisions that are judged again by the console's API. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleReplayTest {
    private static final String HARD = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: house}
            spec: {profile: hardened, mode: enforce}
            """;
    private static final String MILD = HARD.replace(
            "{profile: hardened, mode: enforce}", "{profile: none, mode: warn, checks: {host-pid: {mode: warn}}}");

    @TempDir
    private static Path policies;

    private RunningServer portcullis;
    private ConsoleClient console;

    @BeforeAll
    void start() throws Exception {
        Files.writeString(policies.resolve("house.yaml"), HARD);
        portcullis = RunningServer.deciding("portcullis.policy=" + policies);
        console = new ConsoleClient(portcullis);
        ObjectNode pod = Reviews.object(
                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {hostPID: true,"
                        + " containers: [{name: web, image: 'web:1', securityContext: {privileged: true}}]}}");
        ObjectNode review = Reviews.create(pod);
        ((ObjectNode) review.path("request"))
                .put("uid", "pod")
                .put("name", "web")
                .put("namespace", "shop");
        assertThat(portcullis.post("/validate", review.toString()).body()).contains("\"allowed\":false");
        String container = """
                {"apiVersion":"portcullis.dev/v1alpha1","kind":"ContainerReview","request":{"uid":"container","operation":"CREATE",
                 "name":"db","config":{"Image":"db:1","User":"10001","HostConfig":{"PidsLimit":0}}}}""";
        assertThat(portcullis.post("/containers/review", container).body())
                .contains("read-only-root-filesystem")
                .doesNotContain("pids-limit");
        Instant now = Instant.now();
        var entries = portcullis.bean(Keeping.class).entries();
        record(() -> entries.of(
                call("{\"Image\":\"db:1\",\"HostConfig\":{\"Binds\":[\"etc:/x\"]}}"), verdict(), now, Duration.ZERO));
        record(() -> entries.refused(Source.ADMISSION, "refused", now, "it is no review"));
        record(() -> entries.of(
                new EngineCall("POST", "/v1.51/swarm/init", null, 0L, new byte[0], Requester.UNKNOWN),
                verdict(),
                now,
                Duration.ZERO));
        record(() -> withoutBody(now));
        await().atMost(30, SECONDS)
                .until(() -> console.get("/api/v1/decisions").path("decisions").size() >= 6);
    }

    private void record(Supplier<Entry> entry) {
        assertThat(ConsoleData.of(portcullis).record(100, entry)).isTrue();
    }

    private static EngineCall call(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new EngineCall(
                "POST", "/v1.51/containers/create", "application/json", (long) bytes.length, bytes, Requester.UNKNOWN);
    }

    /** As it is where the engine says that the volume etc opens /etc. */
    private EngineVerdict verdict() {
        try {
            Report report = new Evaluator(false)
                    .evaluate(
                            DockerReader.read(
                                    JsonMapper.shared()
                                            .readTree("{\"Image\":\"db:1\",\"HostConfig\":{\"Binds\":[\"/etc:/x\"]}}"),
                                    null),
                            portcullis.bean(Policies.class).inForce().get(),
                            Circumstances.at(Instant.now(), Requester.UNKNOWN));
            return new EngineVerdict(false, EngineVerdict.Basis.POLICIES, "", report, null, null);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("NullAway") // that a body may be null is lost in the class file, since it is an array
    private static Entry withoutBody(Instant at) {
        Entry.Subject subject = new Entry.Subject("Pod", "shop", "old", "Pod", "old");
        return new Entry(
                Source.ADMISSION,
                "bodiless",
                at,
                Outcome.ALLOW,
                "c1",
                "CREATE",
                null,
                subject,
                "v0",
                Duration.ZERO,
                "",
                List.of(),
                null);
    }

    @AfterAll
    void stop() {
        portcullis.close();
    }

    private long seq(String uid) throws Exception {
        JsonNode decisions = console.get("/api/v1/decisions?uid=" + uid).path("decisions");
        assertThat(decisions).hasSize(1);
        return decisions.get(0).path("seq").longValue();
    }

    private JsonNode replayed(String uid, String candidate) throws Exception {
        return json(console.post("/api/v1/decisions/replay?seq=" + seq(uid), candidate), 200);
    }

    @Test
    void findsTheSameByTheSamePolicies() throws Exception {
        JsonNode again = replayed("pod", "");

        assertThat(again.at("/then/outcome").stringValue()).isEqualTo("deny");
        assertThat(again.at("/now/outcome").stringValue()).isEqualTo("deny");
        assertThat(again.at("/now/policies")).isEqualTo(again.at("/then/policies"));
        for (String list : new String[] {"added", "removed", "changed", "unjudged"}) {
            assertThat(again.path(list)).as(list).isEmpty();
        }
        assertThat(again.path("partial").booleanValue()).isFalse();
    }

    @Test
    void judgesAContainerAfterTheFixesAsItWas() throws Exception {
        JsonNode again = replayed("container", "");

        assertThat(again.at("/now/outcome")).isEqualTo(again.at("/then/outcome"));
        assertThat(again.path("added")).isEmpty();
        assertThat(again.path("removed")).isEmpty();
    }

    @Test
    void tellsWhatACandidateAddsAndWhatItLeavesOut() throws Exception {
        JsonNode without = replayed("pod", MILD);
        assertThat(without.at("/now/outcome").stringValue()).isEqualTo("warn");
        assertThat(each(without.path("removed"), "check"))
                .contains("privileged")
                .doesNotContain("host-pid");
        assertThat(without.path("added")).isEmpty();

        String only = HARD.replace(
                "{profile: hardened, mode: enforce}",
                "{profile: none, mode: warn, checks: {seccomp-profile: {mode: warn}, image-registry: {mode: enforce, parameters: {allow: [ours.example.com/*]}}}}");
        JsonNode other = replayed("pod", only);
        assertThat(other.at("/now/outcome").stringValue()).isEqualTo("deny");
        assertThat(each(other.path("added"), "check")).containsExactly("image-registry");
        assertThat(other.at("/added/0/field").stringValue()).isEqualTo("spec.containers[0].image");
        assertThat(other.at("/added/0/value").stringValue()).isEqualTo("web:1");
        assertThat(other.at("/changed/0/then/mode").stringValue()).isEqualTo("enforce");
        assertThat(other.at("/changed/0/now/mode").stringValue()).isEqualTo("warn");
        assertThat(other.at("/changed/0/now/fix/0/path").stringValue()).contains("seccompProfile");
        assertThat(other.at("/now/policies").stringValue()).contains(" replaced by ");
    }

    @Test
    void doesNotCallGoneWhatCanNotBeToldNow() throws Exception {
        long seq = console.get("/api/v1/decisions?source=docker")
                .path("decisions")
                .valueStream()
                .filter(each -> each.path("operation").stringValue().contains("containers/create"))
                .findFirst()
                .orElseThrow()
                .path("seq")
                .longValue();

        JsonNode again = json(console.post("/api/v1/decisions/replay?seq=" + seq, ""), 200);

        assertThat(each(again.path("unjudged"), "check")).contains("sensitive-host-paths");
        assertThat(each(again.path("removed"), "check")).doesNotContain("sensitive-host-paths");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            409 | bodiless | what was asked is not kept
            409 | bodiless | portcullis.history.bodies
            409 | refused  | no policy made this decision
            """)
    void saysWhyItCannotBe(int status, String uid, String told) throws Exception {
        JsonNode error = json(console.post("/api/v1/decisions/replay?seq=" + seq(uid), ""), status);

        assertThat(error.path("message").stringValue()).contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | ?seq=999999999 | ''     | no such decision
            404 | ?seq=-1        | ''     | no such decision
            400 | ?seq=one       | ''     | seq must be
            400 | ''             | ''     | the query must have seq
            400 | ?seq=1         | 'a: b' | candidate
            400 | ?seq=1         | '{'    | candidate
            """)
    void saysWhatIsWrongWithTheQuestion(int status, String query, String body, String told) throws Exception {
        JsonNode error = json(console.post("/api/v1/decisions/replay" + query, body), status);

        assertThat(error.path("message").stringValue()).contains(told);
    }

    @Test
    void takesNoMoreThanAPolicyMayBe() throws Exception {
        String path = "/api/v1/decisions/replay?seq=" + seq("pod");

        assertThat(json(console.post(path, "# ".repeat(600_000)), 400)
                        .path("message")
                        .stringValue())
                .contains("1 MiB");
        assertThat(console.post(path, "# ".repeat(2_200_000)).statusCode()).isEqualTo(413);
    }
}
