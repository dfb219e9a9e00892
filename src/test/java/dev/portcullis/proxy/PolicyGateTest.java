package dev.portcullis.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Subject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a verdict on its way to the engine. */
final class PolicyGateTest {
    private static final Report REPORT = new Report(
            new Subject(Form.ENGINE_REQUEST, "Container", null, "web"), List.of(), List.of(), List.of(), "v");

    private static Verdict decide(EngineVerdict verdict, String method, String uri, String body) {
        return new PolicyGate(call -> verdict)
                .decide(new PendingRequest(method, uri, "application/json", body.getBytes(UTF_8)));
    }

    private static EngineVerdict allowed() {
        return new EngineVerdict(true, EngineVerdict.Basis.POLICIES, "", REPORT, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1.41/build?t=x, false",
        "POST, /images/load, false",
        "POST, /images/create?fromImage=x, false",
        "PUT, /containers/a/b/archive?path=/, false",
        "POST, /session, false",
        "POST, /v1.41/containers/create, true",
        "POST, /containers/x/%75pdate, true",
        "POST, /containers/build, true",
        "POST, /containers/build/exec, true",
        "POST, /exec/x/start, true",
        "POST, //build, true",
        "GET, /build, true",
    })
    void readsEveryBodyButArchivesAndStreams(String method, String uri, boolean reads) {
        PolicyGate gate = new PolicyGate(call -> allowed());
        assertThat(gate.readsBody(method, uri)).isEqualTo(reads);
    }

    @Test
    void writesWhatWasJudgedAnew() {
        Verdict verdict = decide(
                allowed(),
                "POST",
                "/v1.41/containers/%63reate?name=a%2Fb",
                " {\"\\u0049mage\" :\t\"x\", \"N\": 12345678901}\n");
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Forward.class, forward -> {
            assertThat(forward.target()).isEqualTo("/v1.41/containers/create?name=a%2Fb");
            assertThat(new String(forward.body(), UTF_8)).isEqualTo("{\"Image\":\"x\",\"N\":12345678901}");
            assertThat(forward.streams()).isEmpty();
        });
    }

    @Test
    void startsTheContainerThatWasJudgedWhateverItsNameIsByThen() {
        EngineVerdict judged = new EngineVerdict(true, EngineVerdict.Basis.POLICIES, "", REPORT, null, "c0ffee");
        assertThat(decide(judged, "POST", "/v1.41/containers/a%2Fb/%72estart?t=3", ""))
                .isInstanceOfSatisfying(
                        Verdict.Forward.class,
                        forward -> assertThat(forward.target()).isEqualTo("/v1.41/containers/c0ffee/restart?t=3"));
    }

    @Test
    void leavesAloneWhatOnlyTheRouteDecides() {
        EngineVerdict plain = new EngineVerdict(true, EngineVerdict.Basis.ROUTE, "", null, null, null);
        assertThat(decide(plain, "POST", "/exec/x/start", "{ }"))
                .isEqualTo(new Verdict.Forward("/exec/x/start", null, List.of(), Set.of(Verdict.Stream.RAW)));
    }

    @Test
    void takesThePatchedBodyWhereThatIsAllowed() {
        byte[] body = "{\"fixed\":1}".getBytes(UTF_8);
        var fixed = new EngineVerdict.Patched(true, "", JsonMapper.shared().createArrayNode(), body, REPORT);
        EngineVerdict verdict =
                new EngineVerdict(false, EngineVerdict.Basis.POLICIES, "unpatched", REPORT, fixed, null);
        assertThat(decide(verdict, "POST", "/containers/create", "{}"))
                .isInstanceOfSatisfying(
                        Verdict.Forward.class,
                        forward -> assertThat(forward.body()).isEqualTo(body));
    }

    @Test
    void deniesWhatAPatchDoesNotMend() {
        var fixed = new EngineVerdict.Patched(
                false, "still privileged", JsonMapper.shared().createArrayNode(), new byte[0], REPORT);
        EngineVerdict verdict =
                new EngineVerdict(false, EngineVerdict.Basis.POLICIES, "unpatched", REPORT, fixed, null);
        assertThat(decide(verdict, "POST", "/containers/create", "{}")).isEqualTo(new Verdict.Deny("still privileged"));
        assertThat(decide(EngineVerdict.refused("why"), "POST", "/containers/create", "{}"))
                .isInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1.41/containers/x/attach, RAW",
        "POST, /exec/x/start, RAW",
        "GET, /containers/x/attach/ws, RAW",
        "POST, /session, HTTP2",
        "POST, /grpc, HTTP2",
    })
    void letsOnlyTheEnginesStreamsSwitch(String method, String uri, Verdict.Stream stream) {
        assertThat(decide(allowed(), method, uri, ""))
                .isInstanceOfSatisfying(
                        Verdict.Forward.class,
                        forward -> assertThat(forward.streams()).containsExactly(stream));
    }
}
