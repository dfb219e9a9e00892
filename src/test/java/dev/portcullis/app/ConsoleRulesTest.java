package dev.portcullis.app;

import static dev.portcullis.app.ConsoleClient.each;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.history.Batch;
import dev.portcullis.history.Entry;
import dev.portcullis.history.History;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.RecordedFinding;
import dev.portcullis.history.Source;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import dev.portcullis.testing.Reviews;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the console tells of checks, policies, exemptions, and of what is found of workloads. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleRulesTest {
    private static final String POLICIES = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: house}
            spec:
              profile: baseline
              mode: enforce
              exemptionNamespaces: [leaves]
              rules:
              - name: named
                mode: audit
                expression: object.metadata.name != ''
                message: it must be named
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningExemption
            metadata: {name: agent, namespace: leaves}
            spec:
              subject: {platform: kubernetes, namespace: ops, kind: Pod, name: agent}
              checks: [host-pid]
              owner: sre@example.com
              reason: reads what the host does
              expiresAt: 2999-01-01T00:00:00Z
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningExemption
            metadata: {name: old, namespace: leaves}
            spec:
              subject: {platform: kubernetes, namespace: shop, kind: Deployment, name: web}
              checks: [privileged]
              owner: sre@example.com
              reason: was needed once
              expiresAt: 2020-01-01T00:00:00Z
            """;

    private Path file;
    private RunningServer portcullis;
    private ConsoleClient console;
    private History history;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        file = Files.writeString(folder.resolve("house.yaml"), POLICIES);
        portcullis = RunningServer.deciding("portcullis.policy=" + folder, "portcullis.cluster-name=c1");
        console = new ConsoleClient(portcullis);
        history = ConsoleData.of(portcullis);
        await().atMost(20, SECONDS).until(history::isOpen);
        Instant now = Instant.parse("2026-11-29T12:00:00Z");
        history.replace(
                "c1",
                List.of(
                        new WorkloadState(
                                "c1",
                                "shop",
                                "Deployment",
                                "web",
                                now,
                                now,
                                "v1",
                                List.of(
                                        finding("privileged", "enforce", null),
                                        finding("host-pid", "warn", null),
                                        finding("host-ipc", "enforce", "leaves/agent"),
                                        finding("host-ports", "enforce", "leaves/old"))),
                        new WorkloadState(
                                "c1",
                                "shop",
                                "Deployment",
                                "=api",
                                now,
                                now,
                                "v1",
                                List.of(finding("privileged", "enforce", null))),
                        new WorkloadState(
                                "c2",
                                "shop",
                                "Deployment",
                                "web",
                                now,
                                now,
                                "v1",
                                List.of(finding("rules/named", "audit", null)))),
                List.of());
    }

    private static WorkloadFinding finding(String check, String mode, @Nullable String exemption) {
        return new WorkloadFinding(
                check,
                "fail",
                mode,
                "high",
                "house",
                "web",
                "spec.x",
                JsonMapper.shared().readTree("true"),
                "spec.x is true; set it to false",
                JsonMapper.shared().readTree("[{\"op\":\"remove\",\"path\":\"/spec/x\"}]"),
                exemption);
    }

    @AfterAll
    void stop() {
        portcullis.close();
    }

    private void review(String uid, String namespace, String name, String spec) throws Exception {
        ObjectNode pod = Reviews.object("{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", namespace: "
                + namespace + "}, spec: {" + spec + "containers: [{name: web, image: 'web:1'}]}}");
        ObjectNode review = Reviews.create(pod);
        ((ObjectNode) review.path("request")).put("uid", uid).put("name", name).put("namespace", namespace);
        assertThat(portcullis.post("/validate", review.toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsTheWholeCatalogueAndWhomItSpeaksAgainst() throws Exception {
        JsonNode checks = console.get("/api/v1/checks").path("checks");

        assertThat(checks).hasSize(Catalogue.all().size() + 1);
        JsonNode privileged = one(checks, "id", "privileged");
        assertThat(privileged.path("workloads").intValue()).isEqualTo(2);
        assertThat(privileged.path("fix").stringValue()).contains("set it to false");
        assertThat(privileged.path("mode").stringValue()).isEqualTo("enforce");
        assertThat(privileged.path("profiles").toString()).isEqualTo("[\"baseline\",\"restricted\",\"hardened\"]");
        assertThat(privileged.path("why").stringValue()).isNotEmpty();
        JsonNode limit = one(checks, "id", "pids-limit");
        assertThat(limit.path("mode").stringValue()).isEqualTo("off");
        assertThat(limit.path("fix").isNull()).isTrue();
        assertThat(privileged.path("category").stringValue()).isEqualTo("Pod Security Standards (baseline)");
        assertThat(privileged.path("rules")).isEmpty();
        assertThat(one(checks, "id", "host-ipc").path("workloads").intValue()).isZero();
    }

    @Test
    void tellsRulesOfPoliciesOwnAsChecks() throws Exception {
        JsonNode rule = one(console.get("/api/v1/checks").path("checks"), "id", "rules/named");

        assertThat(rule.path("title").stringValue()).isEqualTo("it must be named");
        assertThat(rule.path("category").stringValue()).isEqualTo("Own rules");
        assertThat(rule.path("mode").stringValue()).isEqualTo("audit");
        assertThat(rule.path("workloads").intValue()).isEqualTo(1);
        assertThat(rule.path("fix").stringValue()).isEqualTo("spec.x is true; set it to false");
        assertThat(rule.path("profiles")).isEmpty();
        assertThat(rule.path("rules").toString())
                .isEqualTo("[{\"policy\":\"house\",\"mode\":\"audit\",\"message\":\"it must be named\","
                        + "\"expression\":\"object.metadata.name != ''\"}]");
    }

    private static JsonNode one(JsonNode list, String member, String value) {
        return list.valueStream()
                .filter(each -> each.path(member).asString("").equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsPoliciesAndWhyNewerFilesAreNotUsed() throws Exception {
        JsonNode answer = console.get("/api/v1/policies");

        assertThat(answer.path("policies")).hasSize(1);
        JsonNode house = answer.path("policies").get(0);
        assertThat(house.path("source").stringValue()).isEqualTo(file.toString());
        assertThat(house.path("status").stringValue()).isEqualTo("in-force");
        assertThat(house.path("profile").stringValue()).isEqualTo("baseline");
        assertThat(house.path("mode").stringValue()).isEqualTo("enforce");
        assertThat(house.path("checks").path("enforce").intValue()).isPositive();
        assertThat(answer.path("problem").isNull()).isTrue();

        Files.writeString(file, POLICIES.replace("profile: baseline", "profile: soft"));
        await().atMost(20, SECONDS)
                .until(() -> console.get("/api/v1/policies").path("problem").isString());
        JsonNode refused = console.get("/api/v1/policies");
        assertThat(refused.path("problem").stringValue()).contains("house.yaml").contains("soft");
        assertThat(refused.path("version")).isEqualTo(answer.path("version"));
        assertThat(refused.path("policies")).isEqualTo(answer.path("policies"));
        Files.writeString(file, POLICIES);
        await().atMost(20, SECONDS)
                .until(() -> console.get("/api/v1/policies").path("problem").isNull());
    }

    @Test
    void tellsHowOftenExemptionsGaveLeaveAtOtherGates() throws Exception {
        RecordedFinding found = new RecordedFinding(
                "privileged", "fail", "enforce", "high", "house", "web", "spec.x", "spec.x is true", "leaves/old");
        Entry entry = new Entry(
                Source.ADMISSION,
                "elsewhere",
                Instant.now(),
                Outcome.ALLOW,
                "c2",
                "CREATE",
                "ann",
                new Entry.Subject("Pod", "shop", "web-1", "ReplicaSet", "web"),
                "v1",
                Duration.ofMillis(1),
                "",
                List.of(found),
                new byte[] {1});
        history.take(new Batch(Instant.now(), 0, List.of(entry), null));

        JsonNode listed = one(console.get("/api/v1/exemptions").path("exemptions"), "name", "old");
        JsonNode named = console.get("/api/v1/workload?kind=Deployment&name=web&cluster=c1&namespace=shop")
                .path("exemptions")
                .get(0);

        assertThat(listed.path("uses").intValue()).isEqualTo(1);
        assertThat(listed.path("workloads").intValue()).isEqualTo(1);
        assertThat(named.path("uses").intValue()).isEqualTo(1);
        assertThat(named.path("workloads").intValue()).isEqualTo(1);
    }

    @Test
    void tellsExemptionsWhetherTheyCountAndHowOftenTheyDid() throws Exception {
        review("agent", "ops", "agent", "hostPID: true, ");
        await().atMost(20, SECONDS)
                .until(() -> console.get("/api/v1/exemptions")
                                .path("exemptions")
                                .get(0)
                                .path("uses")
                                .intValue()
                        > 0);
        JsonNode first = console.get("/api/v1/exemptions?limit=1");
        JsonNode agent = first.path("exemptions").get(0);
        JsonNode second = console.get(
                "/api/v1/exemptions?limit=1&cursor=" + first.path("next").stringValue());
        JsonNode old = second.path("exemptions").get(0);

        assertThat(first.path("namespaces").toString()).isEqualTo("[\"leaves\"]");
        assertThat(agent.path("name").stringValue()).isEqualTo("agent");
        assertThat(agent.path("counts").booleanValue()).isTrue();
        assertThat(agent.path("problem").isNull()).isTrue();
        assertThat(agent.path("workloads").intValue()).isEqualTo(1);
        assertThat(agent.path("subject").path("name").stringValue()).isEqualTo("agent");
        assertThat(agent.path("checks").toString()).isEqualTo("[\"host-pid\"]");
        assertThat(old.path("name").stringValue()).isEqualTo("old");
        assertThat(old.path("counts").booleanValue()).isFalse();
        assertThat(old.path("problem").stringValue()).contains("2020-01-01");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void findsWorkloadsByAPartOfAName() throws Exception {
        assertThat(each(console.get("/api/v1/workloads?text=AP").path("workloads"), "name"))
                .containsExactly("=api");
        assertThat(console.get("/api/v1/workloads?text=deploy").path("workloads"))
                .hasSize(3);
        assertThat(each(console.get("/api/v1/results?workload=AP").path("results"), "name"))
                .containsExactly("=api");
    }

    @Test
    void tellsWhatIsFoundRowByRowAndAsFiles() throws Exception {
        JsonNode all = console.get("/api/v1/results");
        JsonNode one = console.get("/api/v1/results?check=privileged&cluster=c1&name=web&limit=1");
        HttpResponse<String> csv = console.ask("/api/v1/results/export?format=csv");
        HttpResponse<String> json = console.ask("/api/v1/results/export?mode=enforce");

        assertThat(each(all.path("results"), "check"))
                .containsExactly("privileged", "host-pid", "privileged", "rules/named");
        assertThat(one.path("results").get(0).path("fix").get(0).path("op").stringValue())
                .isEqualTo("remove");
        assertThat(console.get("/api/v1/results?cursor=" + one.path("next").stringValue()
                                + "&check=privileged&cluster=c1&name=web")
                        .path("results"))
                .isEmpty();
        assertThat(each(console.get("/api/v1/results?exempt=true").path("results"), "check"))
                .containsExactly("host-ipc", "host-ports");
        assertThat(each(console.get("/api/v1/results?sort=check").path("results"), "check"))
                .containsExactly("host-pid", "privileged", "privileged", "rules/named");
        assertThat(console.ask("/api/v1/results/export?sort=check").body())
                .startsWith("{\"cluster\":\"c1\"")
                .hasLineCount(4);
        assertThat(csv.body().lines()).hasSize(5).anyMatch(line -> line.contains("\"'=api\""));
        assertThat(csv.body().lines().findFirst().orElseThrow()).contains(",since,");
        assertThat(one.path("results").get(0).path("since").stringValue()).isEqualTo("2026-11-29T12:00:00Z");
        assertThat(csv.body()).contains("\"[{\"\"op\"\":\"\"remove\"\"");
        assertThat(json.body().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"cluster\":\"c1\""));
    }

    @Test
    void tellsEverythingThatIsKnownOfOneWorkload() throws Exception {
        review("denied", "shop", "web", "hostNetwork: true, ");
        await().atMost(20, SECONDS)
                .until(() -> !console.get("/api/v1/denials").path("denials").isEmpty());
        JsonNode detail = console.get("/api/v1/workload?kind=Deployment&name=web&cluster=c1&namespace=shop");

        assertThat(each(detail.path("workload").path("findings"), "check"))
                .containsExactly("privileged", "host-pid", "host-ipc", "host-ports");
        assertThat(detail.path("workload").path("findings").get(0).path("value").booleanValue())
                .isTrue();
        assertThat(detail.path("workload").path("findings").get(0).path("since").stringValue())
                .isEqualTo("2026-11-29T12:00:00Z");
        assertThat(detail.path("checks").path("privileged").path("why").stringValue())
                .isNotEmpty();
        assertThat(each(detail.path("exemptions"), "name")).containsExactly("old");
        // The pod of that name is another workload.
        assertThat(detail.path("denial").isNull()).isTrue();
        assertThat(detail.path("decisions")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "404 /api/v1/workload?kind=Deployment&name=none",
                "400 /api/v1/workload?kind=Deployment&name=web",
                "400 /api/v1/workload?kind=Deployment",
                "400 /api/v1/exemptions?cursor=%25",
                "400 /api/v1/results?text=",
                "400 /api/v1/workloads?text=",
                "400 /api/v1/results?cursor=x",
                "400 /api/v1/results?sort=message",
                "400 /api/v1/results?sort=written",
                "400 /api/v1/results?sort=name&cursor=WzEsMl0",
                "400 /api/v1/results/export?format=xml",
                "400 /api/v1/policies?limit=501",
                "400 /api/v1/checks?id=privileged"
            })
    void saysWhatIsWrongWithAQuestion(String expected) throws Exception {
        int status = Integer.parseInt(expected.substring(0, 3));

        JsonNode error = ConsoleClient.json(console.ask(expected.substring(4)), status);

        assertThat(error.path("message").stringValue()).isNotEmpty();
    }

    @Test
    void compressesWhatIsLongForThoseWhoTakeIt() throws Exception {
        HttpResponse<byte[]> plain = bytes(console.request("/api/v1/checks"));
        HttpResponse<byte[]> compressed =
                bytes(console.request("/api/v1/checks").header("Accept-Encoding", "gzip"));
        HttpResponse<byte[]> little = bytes(console.request("/api/v1/hosts").header("Accept-Encoding", "gzip"));
        HttpResponse<byte[]> me = bytes(console.request("/api/v1/me").header("Accept-Encoding", "gzip"));

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().allValues("Vary")).contains("accept-encoding");
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(compressed.body()).hasSizeLessThan(plain.body().length / 3);
        try (InputStream whole = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(whole.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(little.headers().firstValue("Content-Encoding")).isEmpty();
        // However long it is: it holds what must not be guessed from lengths.
        assertThat(me.headers().firstValue("Content-Encoding")).hasValue("identity");
    }

    private HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
        return portcullis.client.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Test
    void answersEachMethodOfAPathThatItHas() throws Exception {
        HttpResponse<String> answer = console.post("/api/v1/checks", "{}");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
}
