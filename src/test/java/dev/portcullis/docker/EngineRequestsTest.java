package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.testing.Shared;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Setting;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EngineRequestsTest {
    private static final Requester ANN = new Requester("ann", Set.of());
    private static final String EXEC = "/v1.52/containers/web/exec";

    /** Rows 42 and 46 of the hostile inputs, as the engine's own router takes them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                EXEC,
                "/containers/web/exec",
                "/v1.52/containers/web/exec?",
                "/v1.52/containers/web/exec?x=/containers/json",
                "/v1.%35%32/containers/web/exec",
                "/%76%31.52/containers/web/exec",
                "/v1.52/c%6Fntainers/web/%65x%65c",
                "/v1.52%2Fcontainers%2Fweb%2Fexec",
                "http://evil/v1.52/containers/web/exec",
                "HTTP://evil:80/containers/web/exec",
                "http:/v1.52/containers/web/exec",
                "/v...9/containers/web/exec",
            })
    void readsARouteInEverySpelling(String uri) throws Exception {
        Act act = post(uri, "{\"Privileged\":true}").orElseThrow();
        assertThat(act.deed())
                .isInstanceOfSatisfying(
                        Deed.Exec.class,
                        exec -> assertThat(exec.privileged().effective()).isTrue());
        assertThat(act.subject().display()).isEqualTo("Container web");
        assertThat(act.requester()).isEqualTo(ANN);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /containers/web/attach/ws, Attach, Container web",
        "PUT, /containers/web/archive, ArchiveWrite, Container web",
        "POST, /commit?container=web, Commit, Container web",
        "POST, /images/load, ImageImport, Image (unnamed)",
        "POST, /images/create?repo=a, ImageImport, Image a",
        "POST, /plugins/create?name=a, PluginChange, Plugin a",
        "POST, /plugins/a/b/enable, PluginChange, Plugin a/b",
        "POST, /plugins/a/disable, PluginChange, Plugin a",
        "POST, /plugins/a/upgrade, PluginChange, Plugin a",
        "POST, /plugins/a/set, PluginChange, Plugin a",
        "DELETE, /plugins/a, PluginChange, Plugin a",
        "PUT, /volumes/a, SwarmChange, Volume a",
        "POST, /swarm/join, SwarmChange, Swarm (unnamed)",
        "POST, /nodes/a/update, SwarmChange, Node a",
        "DELETE, /nodes/a, SwarmChange, Node a",
        "POST, /services/a/update, SwarmChange, Service a",
        "DELETE, /services/a, SwarmChange, Service a",
        "POST, /secrets/create, SwarmChange, Secret (unnamed)",
        "POST, /secrets/a/update, SwarmChange, Secret a",
        "DELETE, /secrets/a, SwarmChange, Secret a",
        "POST, /configs/create, SwarmChange, Config (unnamed)",
        "POST, /configs/a/update, SwarmChange, Config a",
        "DELETE, /configs/a, SwarmChange, Config a",
    })
    void readsEveryRoute(String method, String uri, String deed, String subject) throws Exception {
        Act act = read(method, uri, null, null).orElseThrow();
        assertThat(act.deed().getClass().getSimpleName()).isEqualTo(deed);
        assertThat(act.subject().display()).isEqualTo(subject);
    }

    @Test
    void namesMayHoldSlashes() throws Exception {
        assertThat(post("/containers/a%2Fb/exec", "{}").orElseThrow().subject().name())
                .isEqualTo("a/b");
        assertThat(post("/containers/build/attach/exec", "{}").orElseThrow().deed())
                .isInstanceOf(Deed.Exec.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//containers/web/exec",
                "/v1.52//containers/web/exec",
                "/v1.52/containers/web%2F%2Fexec",
                "/v1.52/./containers/web/exec",
                "/v1.52/containers/json/../web/exec",
                "/v1.52/containers/x/%2e%2e/web/exec",
                "/v1.52/containers/web/exec/..",
                "/v1.52/containers/web/exec%",
                "/v1.52/containers/web/exec%6",
                "/v1.52/containers/web/exec%zz",
                "/v1.52/containers/%ff/exec",
                "/v1.52/containers/web /exec",
                "/v1.52/containers/web\u007f/exec",
                "/v1.52/containers/web/exec?a=%",
                "/v1.52/containers/web/exec?a=1;b=2",
                "containers/web/exec",
                "http://evil",
                "",
            })
    void refusesATargetThatTheEngineWouldNotTakeAsItStands(String uri) {
        assertThatThrownBy(() -> post(uri, "{}"))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageStartingWith("uri is ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1.52/containers/web/exec",
        "post, /v1.52/containers/web/exec",
        "POST, /v1.52/containers/create",
        "POST, /v1.52/containers/web/start",
        "POST, /v1.52/containers/web/exec/",
        "POST, /v1.52/v1.52/containers/web/exec",
        "POST, /v1.52/Containers/web/exec",
        "POST, /v1.52/containers/web%252Fexec",
        "GET, /v1.52/containers/web/archive",
        "HEAD, /v1.52/containers/web/archive",
        "POST, /v1.52/exec/abc/start",
        "POST, /v1.52/images/create?fromImage=alpine&tag=3.22",
        "POST, /v1.52/plugins/vieux/sshfs/push",
        "GET, /v1.52/swarm",
        "POST, /v1.52/networks/shop/connect",
        "POST, /libpod/containers/web/exec",
        "OPTIONS, /",
    })
    void leavesOtherRequestsAlone(String method, String uri) throws Exception {
        assertThat(read(method, uri, null, "{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {EXEC, "/containers/web/update", "/volumes/create", "/networks/create"})
    void refusesARequestWhoseBodyDidNotArrive(String uri) {
        assertThatThrownBy(() -> post(uri, null)).hasMessageStartingWith("the body did not arrive");
        assertThatThrownBy(() -> post(uri, "[]")).isInstanceOf(MalformedBodyException.class);
        assertThatThrownBy(() -> post(uri, "null")).isInstanceOf(MalformedBodyException.class);
    }

    /** Go takes the fields of a form for parameters, and the first value of one: {@code fromImage} could be empty in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                " Application/X-WWW-Form-UrlEncoded; charset=utf-8",
                "multipart/form-data; boundary=x"
            })
    void refusesParametersThatItCannotSee(String contentType) throws Exception {
        String pull = "/images/create?fromImage=alpine";
        assertThatThrownBy(() -> read("POST", pull, contentType, null)).hasMessageStartingWith("the body is a form");
        assertThat(read("POST", pull, "text/plain", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/build?networkmode=none&networkmode=host",
                "/images/create?fromImage=alpine&fromImage=&fromSrc=-"
            })
    void refusesAParameterTwice(String uri) {
        assertThatThrownBy(() -> post(uri, null)).hasMessageContaining("is said twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"privileged":true}      | true
            {"PRIVILEGED":true}      | true
            {"Privileged":false}     | false
            {"Prıvileged":true}      | false
            {"PRİVİLEGED":true}      | false
            {}                       | false
            """)
    void foldsTheKeysAsGoDoes(String body, boolean privileged) throws Exception {
        Deed.Exec exec = (Deed.Exec) post(EXEC, body).orElseThrow().deed();
        assertThat(exec.privileged().effective()).isEqualTo(privileged);
    }

    @Test
    void foldsTheLongS() throws Exception {
        Deed.Exec exec =
                (Deed.Exec) post(EXEC, "{\"U\u017fer\":\"0\"}").orElseThrow().deed();
        assertThat(exec.user().effective()).isNotNull().matches(user -> user.isRoot());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Privileged\":true,\"privileged\":false}",
                "{\"User\":\"1\",\"U\u017fer\":\"0\"}",
                "{\"Privileged\":\"true\"}",
                "{\"User\":0}",
                "{\"User\":\"4294967296\"}",
            })
    void refusesWhatTwoEnginesCouldTakeDifferently(String body) {
        assertThatThrownBy(() -> post(EXEC, body)).isInstanceOf(MalformedBodyException.class);
    }

    /** Row 43b: null is unchanged, 0 is not, but everywhere else it is. */
    @Test
    void tellsUnchangedFromUnlimited() throws Exception {
        Deed.Update nothing =
                update("{\"PidsLimit\":null,\"MemorySwap\":0,\"CpuQuota\":0,\"RestartPolicy\":{\"Name\":\"\"}}");
        assertThat(List.of(nothing.pidsLimit(), nothing.memorySwapLimit(), nothing.cpuQuota(), nothing.restartPolicy()))
                .noneMatch(Setting::isDeclared);
        assertThat(update("{\"PidsLimit\":0}").pidsLimit().effective()).isZero();
        assertThat(update("{\"pidslimit\":-1}").pidsLimit().effective()).isEqualTo(-1);
        assertThat(update("{\"MemorySwap\":-1}").memorySwapLimit().effective()).isEqualTo(-1);
        assertThat(update("{\"CpuQuota\":-5}").cpuQuota().effective()).isEqualTo(-5);
        assertThat(update("{\"Memory\":1,\"NanoCpus\":2}").others()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                            | false
            {"Driver":"bridge","Options":{"com.docker.network.bridge.enable_icc":"false"}} | true
            {"Options":{"com.docker.network.bridge.enable_icc":"0"}}                       | true
            {"Options":{"com.docker.network.bridge.enable_icc":"true"}}                    | false
            {"Options":{"COM.docker.network.bridge.enable_icc":"false"}}                   | false
            {"Driver":"overlay"}                                                           |
            {"ConfigFrom":{"Network":"other"}}                                             |
            """)
    void tellsWhetherANetworkKeepsItsContainersApart(String body, @Nullable Boolean isolated) throws Exception {
        Deed.NetworkCreate network = (Deed.NetworkCreate)
                post("/networks/create", body).orElseThrow().deed();
        assertThat(network.isolated().effective()).isEqualTo(isolated);
    }

    @Test
    void refusesAFlagOfANetworkThatTheEngineWouldRefuse() {
        assertThatThrownBy(() ->
                        post("/networks/create", "{\"Options\":{\"com.docker.network.bridge.enable_icc\":\"no\"}}"))
                .hasMessageContaining("write true or false");
    }

    @ParameterizedTest
    @CsvSource({
        "/build?networkmode=host, HOST",
        "/build?network%6dode=h%6Fst, HOST",
        "/build?networkmode=container:x, CONTAINER",
        "/build?networkmode=Host, PRIVATE",
        "/build?NetworkMode=host, PRIVATE",
        "/build, PRIVATE"
    })
    void readsTheNetworkOfABuild(String uri, NamespaceSharing network) throws Exception {
        Deed.Build build = (Deed.Build) post(uri, null).orElseThrow().deed();
        assertThat(build.network().effective()).isEqualTo(network);
    }

    /** Every recorded request is the act that it should be, or none. */
    @Test
    void readsRecordedRequests() throws Exception {
        Set<String> acts = new TreeSet<>();
        for (String recording : List.of("docker-authz-20.10.jsonl", "docker-authz-29.7.jsonl")) {
            for (String line : Files.readAllLines(Shared.path("recorded/" + recording))) {
                JsonNode recorded = Json.read(line.getBytes(UTF_8));
                if (recorded.path("path").stringValue("").equals("/AuthZPlugin.AuthZReq")) {
                    JsonNode request = recorded.path("body");
                    String method = request.path("RequestMethod").stringValue("");
                    String uri = request.path("RequestUri").stringValue("");
                    recorded(request, method, uri)
                            .ifPresent(act -> acts.add(method + " "
                                    + uri.replaceFirst("\\?.*", "")
                                            .replaceAll("[0-9a-f]{64}", "ID")
                                            .replaceFirst("^/v[0-9.]+", "")
                                    + " " + act.deed().getClass().getSimpleName()));
                }
            }
        }
        assertThat(acts)
                .containsExactly(
                        "DELETE /services/s1 SwarmChange",
                        "POST /build Build",
                        "POST /commit Commit",
                        "POST /containers/ID/attach Attach",
                        "POST /containers/long/exec Exec",
                        "POST /containers/long/update Update",
                        "POST /containers/plain/exec Exec",
                        "POST /containers/plain/update Update",
                        "POST /images/create ImageImport",
                        "POST /networks/create NetworkCreate",
                        "POST /plugins/pull PluginChange",
                        "POST /services/create SwarmChange",
                        "POST /swarm/init SwarmChange",
                        "POST /swarm/leave SwarmChange",
                        "POST /volumes/create VolumeCreate",
                        "PUT /containers/long/archive ArchiveWrite");
    }

    private static Optional<Act> recorded(JsonNode request, String method, String uri) throws Exception {
        byte[] body = Base64.getDecoder().decode(request.path("RequestBody").stringValue(""));
        String contentType = request.path("RequestHeaders").path("Content-Type").stringValue(null);
        try {
            JsonNode sent = body.length == 0 ? null : Json.read(body);
            return EngineRequests.read(new EngineRequest(method, uri, contentType, sent), ANN);
        } catch (UnreadableException duplicate) {
            return Optional.empty();
        }
    }

    private static Deed.Update update(String body) throws Exception {
        return (Deed.Update) post("/containers/web/update", body).orElseThrow().deed();
    }

    private static Optional<Act> post(String uri, @Nullable String body) throws Exception {
        return read("POST", uri, "application/json", body);
    }

    private static Optional<Act> read(String method, String uri, @Nullable String contentType, @Nullable String body)
            throws Exception {
        JsonNode sent = body == null ? null : Json.read(body.getBytes(UTF_8));
        return EngineRequests.read(new EngineRequest(method, uri, contentType, sent), ANN);
    }
}
