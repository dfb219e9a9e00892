package dev.portcullis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.ClosedRoute;
import dev.portcullis.policy.FixMode;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Profile;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Requester;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EngineGateTest {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
    private static final String CREATE = "/v1.41/containers/create";
    private static final String HARD =
            "\"ReadonlyRootfs\":true,\"PidsLimit\":64,\"SecurityOpt\":[\"no-new-privileges\"]";
    private static final String GOOD = "{\"Image\":\"app:1\",\"User\":\"10001\",\"HostConfig\":{" + HARD + "}}";

    private final KnownEngine engine = new KnownEngine().image("app:1", "10001").image("root:1", "");
    private PolicySet policies = BuiltInPolicies.set(Mode.ENFORCE);

    @Test
    void allowsWhatIsAsItShouldBe() {
        EngineVerdict verdict = create(GOOD);
        assertThat(verdict.message()).isEmpty();
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.basis()).isEqualTo(EngineVerdict.Basis.POLICIES);
    }

    /** The bypasses that docker-engine.md lists, each of which made a privileged container behind a naive gate. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Image\":\"app:1\",\"User\":\"1\",\"hostconfig\":{\"privileged\":true,HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"Ho\u017ftConfig\":{\"Privileged\":true,HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{\"Ma\u017f\u212aedPaths\":[],HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{\"Privileged\":true,HARD},\"HostConfig\":{HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{\"Privileged\":true,HARD},\"hostconfig\":{HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"Privileged\":true,\"HostConfig\":{HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"binds\":[\"/:/host\"],\"HostConfig\":{HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{\"Binds\":[\"/:/host\"],HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{HARD}} {}",
                "{\"Image\":\"app:1\",\"User\":\"0:0\",\"HostConfig\":{HARD}}",
                "{\"Image\":\"root:1\",\"HostConfig\":{HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"/x\",\"VolumeOptions\":{\"DriverConfig\":{\"Options\":{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/etc\"}}}}],HARD}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{\"ReadonlyRootfs\":true,\"PidsLimit\":64,\"SecurityOpt\":[\"no-new-privileges\",\"no-new-privileges:false\"]}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{\"ReadonlyRootfs\":true,\"PidsLimit\":64,\"SecurityOpt\":[\"no-new-privileges\",\"seccomp:unconfined\"]}}",
                "{\"Image\":\"app:1\",\"User\":\"1\",\"HostConfig\":{\"ReadonlyRootfs\":true,\"PidsLimit\":64,\"SecurityOpt\":[\"no-new-privileges\",\"writable-cgroups=true\"]}}",
                "[]",
                "null",
                "",
            })
    void deniesBypasses(String body) {
        String sent = body.replace("HARD", HARD);
        assertThat(create(sent).allowed()).as(sent).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1.41/containers/%63reate",
        "POST, /v1.%34%31/containers/create",
        "POST, http://evil/v1.41/containers/create",
        "POST, /containers/create",
        "POST, //containers/create",
        "POST, /v1.41//containers/create",
        "POST, /v1.41/containers/../containers/create",
        "POST, /v1.18/containers/create",
        "POST, /libpod/containers/create",
    })
    void judgesOrDeniesEverySpellingOfARoute(String method, String uri) {
        String privileged = GOOD.replace("\"PidsLimit\"", "\"Privileged\":true,\"PidsLimit\"");
        assertThat(decide(method, uri, privileged).allowed()).isFalse();
    }

    /** Row 43, and a body that was sent and not shown. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/v1.23/containers/web/start, none, none, false",
                "/v1.9/containers/web/start, none, none, false",
                "/v1.x/containers/web/start, none, none, false",
                "/v1...24/containers/web/start, none, none, false",
                "/v1.24/containers/web/start, none, none, true",
                "/containers/web/start, 0, none, true",
                "/v1.41/containers/web/start, 2, none, false",
                "/v1.41/containers/web/start, -1, none, false",
                "/v1.41/containers/web/start, none, application/x-www-form-urlencoded, false",
            })
    void startsWithoutAConfiguration(String uri, @Nullable Long length, @Nullable String contentType, boolean allowed) {
        EngineCall call = new EngineCall("POST", uri, contentType, length, new byte[0], Requester.UNKNOWN);
        engine.containers.put("web", inspected("app:1", "10001", HARD, "[]"));
        assertThat(gate(engine).decide(call).allowed()).isEqualTo(allowed);
    }

    @Test
    void judgesAContainerAsItIsWhenItStarts() {
        engine.containers.put("web", inspected("app:1", "10001", HARD, "[]"));
        engine.containers.put("bad", inspected("app:1", "10001", "\"Privileged\":true," + HARD, "[]"));
        assertThat(decide("POST", "/containers/web/start", "").allowed()).isTrue();
        EngineVerdict verdict = decide("POST", "/containers/bad/restart", "");
        assertThat(verdict.message()).isEqualTo("HostConfig.Privileged (privileged): leave out --privileged");
        assertThat(verdict.allowed()).isFalse();
    }

    @Test
    void saysWhichContainerItJudged() {
        engine.containers.put("web", inspected("app:1", "10001", HARD, "[]"));
        assertThat(decide("POST", "/containers/web/start", "").container()).isEqualTo("c1");
        engine.containers.put("web", inspected("app:1", "10001", HARD, "[]").replace("\"c1\"", "\"../images\""));
        EngineVerdict without = decide("POST", "/containers/web/start", "");
        assertThat(without.message()).contains("without its identifier");
        assertThat(without.container()).isNull();
    }

    /** Between this question and the engine's own look, another one could get the name. */
    @Test
    void startsNothingThatIsNotThere() {
        EngineVerdict verdict = decide("POST", "/containers/gone/start", "");
        assertThat(verdict.allowed()).isFalse();
        assertThat(verdict.message()).isEqualTo("there is no container gone");
    }

    /** What a name stood for when it was judged is not what the container was made of. */
    @Test
    void judgesByTheImageItWasMadeOf() {
        engine.containers.put("web", inspected("app:1", "", HARD, "[]"));
        assertThat(decide("POST", "/containers/web/start", "").message()).contains("run-as-non-root");
        assertThat(engine.asked).contains("image sha256:" + "0".repeat(64));
    }

    @Test
    void asksForAnImageThatItKnowsByItsIdentifierOnce() {
        String id = JSON_ID.formatted("app:1");
        engine.containers.put("web", inspected("app:1", "10001", HARD, "[]").replace("sha256:" + "0".repeat(64), id));
        engine.images.put(id, "{\"Id\":\"" + id + "\",\"Config\":{\"User\":\"10001\"}}");
        EngineGate gate = gate(engine);
        for (int i = 0; i < 3; i++) {
            assertThat(gate.decide(call("POST", "/containers/web/start", "")).allowed())
                    .isTrue();
        }
        assertThat(engine.asked.stream().filter(asked -> asked.equals("image " + id)))
                .hasSize(1);
        for (int i = 0; i < 3; i++) {
            gate.decide(call("POST", CREATE, GOOD));
        }
        assertThat(engine.asked.stream().filter(asked -> asked.equals("image app:1")))
                .as("what a name stands for is asked every time")
                .hasSize(3);
    }

    private static final String JSON_ID = "sha256:%s" + "1".repeat(59);

    /** The engine refuses it, the client pulls the image and tries again. */
    @Test
    void allowsAnImageThatIsNotThereUnlessNoImageCouldMendIt() {
        String unknown = GOOD.replace("app:1", "new:1").replace("\"User\":\"10001\",", "");
        assertThat(create(unknown).message()).isEmpty();
        assertThat(create(unknown).allowed()).isTrue();
        assertThat(create(unknown.replace("\"PidsLimit\":64", "\"PidsLimit\":-1"))
                        .allowed())
                .isFalse();
    }

    @Test
    void takesTheUserOfTheImage() {
        assertThat(create(GOOD.replace("\"User\":\"10001\",", "")).allowed()).isTrue();
    }

    @Test
    void looksIntoNamedVolumes() {
        engine.volumes.put("data", volume("data", "{}"));
        engine.volumes.put("etc", volume("etc", "{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/etc\"}"));
        assertThat(create(mounting("\"Binds\":[\"data:/x\"]")).allowed()).isTrue();
        assertThat(create(mounting("\"Binds\":[\"new:/x\"]")).allowed()).isTrue();
        EngineVerdict bound = create(mounting("\"Binds\":[\"etc:/x\"]"));
        assertThat(bound.message()).contains("HostConfig.Binds[0] (sensitive-host-paths): leave out --volume /etc");
        EngineVerdict mounted =
                create(mounting("\"Mounts\":[{\"Type\":\"volume\",\"Source\":\"etc\",\"Target\":\"/x\"}]"));
        assertThat(mounted.message()).contains("sensitive-host-paths");
    }

    @Test
    void looksIntoTheVolumesOfOtherContainers() {
        engine.volumes.put("etc", volume("etc", "{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/etc\"}"));
        engine.containers.put("plain", inspected("app:1", "1", HARD, "[]"));
        engine.containers.put("bound", inspected("app:1", "1", HARD, """
                [{"Type":"bind","Source":"/etc","Destination":"/x","RW":true}]"""));
        engine.containers.put("volume", inspected("app:1", "1", HARD, """
                [{"Type":"volume","Name":"etc","Source":"/var/lib/docker/volumes/etc/_data","Destination":"/x"}]"""));
        assertThat(create(mounting("\"VolumesFrom\":[\"plain\"]")).message()).isEmpty();
        assertThat(create(mounting("\"VolumesFrom\":[\"bound:ro\"]")).message()).contains("sensitive-host-paths");
        assertThat(create(mounting("\"VolumesFrom\":[\"volume\"]")).message()).contains("sensitive-host-paths");
        assertThat(create(mounting("\"VolumesFrom\":[\"unknown\"]")).allowed()).isFalse();
        assertThat(decide("POST", "/containers/volume/start", "").message()).contains("sensitive-host-paths");
    }

    @Test
    void deniesWhereTheEngineDoesNotAnswer() {
        EngineVerdict create = gate(new Silent()).decide(call("POST", CREATE, GOOD));
        assertThat(create.message()).isEqualTo("the engine is silent; try again (engine-knowledge)");
        assertThat(create.allowed()).isFalse();
        assertThat(gate(new Silent())
                        .decide(call("POST", "/containers/web/start", ""))
                        .allowed())
                .isFalse();
        policies = BuiltInPolicies.set(Mode.WARN);
        assertThat(gate(new Silent()).decide(call("POST", CREATE, GOOD)).allowed())
                .isTrue();
    }

    /** A gate's own questions go through the engine's gate again, which must ask nothing for them. */
    @ParameterizedTest
    @ValueSource(strings = {"/images/app:1/json", "/containers/web/json", "/volumes/data"})
    void asksNothingForWhatItAsksItself(String uri) {
        assertThat(gate(new Silent()).decide(call("GET", uri, "")).basis()).isEqualTo(EngineVerdict.Basis.ROUTE);
    }

    @Test
    void opensWhatAPolicyOpens() {
        assertThat(decide("POST", "/build?networkmode=none", "").message())
                .isEqualTo("POST /build is closed, for no gate sees all that it brings; a policy opens it by docker:"
                        + " {open: [build]} (engine-route)");
        policies = opening(ClosedRoute.BUILD);
        assertThat(decide("POST", "/build?networkmode=none", "").allowed()).isTrue();
        assertThat(decide("POST", "/build?networkmode=host", "").message()).contains("build-with-host-network");
        assertThat(decide("POST", "/images/load", "").allowed()).isFalse();
    }

    @Test
    void deniesNothingWhereNoPolicyEnforces() {
        policies = BuiltInPolicies.set(Mode.WARN);
        assertThat(decide("POST", "/build", "").allowed()).isTrue();
        assertThat(decide("POST", "/who/knows", "").allowed()).isTrue();
        assertThat(create(GOOD.replace("10001", "0")).allowed()).isTrue();
        assertThat(create("").allowed())
                .as("what cannot be judged is denied in every mode")
                .isFalse();
    }

    @Test
    void patchesWhatItWouldDeny() {
        EngineVerdict verdict = create("{\"Image\":\"app:1\",\"HostConfig\":{\"ReadonlyRootfs\":true}}");
        EngineVerdict.Patched patched = verdict.patched();
        assertThat(verdict.allowed()).isFalse();
        assertThat(patched).isNotNull();
        assertThat(patched.allowed()).as(patched.message()).isTrue();
        assertThat(new String(patched.body(), UTF_8))
                .isEqualTo("{\"Image\":\"app:1\",\"HostConfig\":{\"ReadonlyRootfs\":true,"
                        + "\"SecurityOpt\":[\"no-new-privileges=true\"],\"PidsLimit\":64}}");
        assertThat(patched.operations()).hasSize(2);
        assertThat(gate(engine)
                        .decide(call("POST", CREATE, new String(patched.body(), UTF_8)))
                        .allowed())
                .isTrue();
    }

    @Test
    void judgesWhoActs() {
        String exec = "{\"Privileged\":true}";
        assertThat(decide("POST", "/containers/web/exec", exec).message())
                .isEqualTo("Privileged (exec-privileged): leave out --privileged");
        assertThat(decide("POST", "/containers/web/exec", "").message()).startsWith("the body did not arrive");
        assertThat(decide("POST", "/containers/web/attach", "").allowed()).isTrue();
        assertThat(decide("POST", "/networks/a/connect", "{\"Container\":\"a\"}")
                        .allowed())
                .isTrue();
        assertThat(decide(
                                "POST",
                                "/networks/a/connect",
                                "{\"Container\":\"a\",\"EndpointConfig\":{\"DriverOpts\":{\"com.docker.network.endpoint.sysctls\":\"net.x=1\"}}}")
                        .allowed())
                .isFalse();
    }

    @Test
    void saysNoMoreThanThereIsRoomFor() {
        String many = "\"Binds\":[" + "\"/etc/a:/a\",".repeat(50) + "\"/etc:/b\"]";
        String message = create(mounting(many)).message();
        assertThat(message).hasSizeLessThanOrEqualTo(500).endsWith(" more").doesNotContain("\n");
    }

    private static String mounting(String fields) {
        return "{\"Image\":\"app:1\",\"HostConfig\":{" + fields + "," + HARD + "}}";
    }

    private static String volume(String name, String options) {
        return """
                {"Name":"%s","Driver":"local","Mountpoint":"/var/lib/docker/volumes/%s/_data","Options":%s}""".formatted(name, name, options);
    }

    private static String inspected(String image, String user, String host, String mounts) {
        return """
                {"Id":"c1","Name":"/c","Image":"sha256:%s","Config":{"Image":"%s","User":"%s"},"HostConfig":{%s},
                "Mounts":%s}""".formatted("0".repeat(64), image, user, host, mounts);
    }

    private static PolicySet opening(ClosedRoute route) {
        return PolicySet.of(
                List.of(new Policy(
                        "opening",
                        Match.on(Platform.DOCKER),
                        Profile.HARDENED,
                        KubernetesVersion.NEWEST_KNOWN,
                        Mode.ENFORCE,
                        FixMode.APPLY,
                        Map.of(),
                        new Policy.Extras(List.of(), false, Set.of(), Set.of(route)))),
                "opening");
    }

    private EngineVerdict create(String body) {
        return decide("POST", CREATE, body);
    }

    private EngineVerdict decide(String method, String uri, String body) {
        return gate(engine).decide(call(method, uri, body));
    }

    private EngineGate gate(EngineView view) {
        return new EngineGate(() -> policies, view, ImageDigests.NONE, () -> NOW);
    }

    private static EngineCall call(String method, String uri, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return new EngineCall(method, uri, "application/json", (long) bytes.length, bytes, Requester.UNKNOWN);
    }

    /** One after the other they would take as long as all of them together. */
    @Test
    void asksForTheImageAndForVolumesAtOnce() {
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger alone = new AtomicInteger();
        KnownEngine slow = new KnownEngine() {
            @Override
            public Optional<JsonNode> image(String name, Deadline deadline) {
                return together(super.image(name, deadline));
            }

            @Override
            public Optional<JsonNode> volume(String name, Deadline deadline) {
                return together(super.volume(name, deadline));
            }

            private Optional<JsonNode> together(Optional<JsonNode> answer) {
                both.countDown();
                try {
                    alone.addAndGet(both.await(10, TimeUnit.SECONDS) ? 0 : 1);
                    return answer;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        slow.image("app:1", "10001").volumes.put("data", volume("data", "{}"));
        gate(slow).decide(call("POST", CREATE, mounting("\"Binds\":[\"data:/x\"]")));
        assertThat(both.getCount()).isZero();
        assertThat(alone).hasValue(0);
    }

    /** An engine that does not answer. */
    private static final class Silent implements EngineView {
        @Override
        public Optional<JsonNode> image(String name, Deadline deadline) throws EngineUnavailableException {
            throw new EngineUnavailableException("is silent");
        }

        @Override
        public Optional<JsonNode> container(String name, Deadline deadline) throws EngineUnavailableException {
            throw new EngineUnavailableException("is silent");
        }

        @Override
        public Optional<JsonNode> volume(String name, Deadline deadline) throws EngineUnavailableException {
            throw new EngineUnavailableException("is silent");
        }
    }
}
