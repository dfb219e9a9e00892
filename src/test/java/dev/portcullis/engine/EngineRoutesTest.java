package dev.portcullis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.docker.RequestTarget;
import dev.portcullis.policy.ClosedRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineRoutesTest {
    /** The list of docker-engine.md, and what only names, removes or reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /_ping",
                "HEAD /_ping",
                "GET /version",
                "GET /info",
                "GET /events",
                "POST /auth",
                "GET /containers/json",
                "GET /containers/a/json",
                "GET /containers/a/logs",
                "GET /containers/a/stats",
                "GET /containers/a/top",
                "POST /containers/a/wait",
                "POST /containers/a/stop",
                "POST /containers/a/kill",
                "DELETE /containers/a",
                "POST /containers/a/resize",
                "POST /containers/a/rename",
                "POST /containers/a/pause",
                "POST /containers/a/unpause",
                "GET /exec/a/json",
                "POST /exec/a/start",
                "POST /exec/a/resize",
                "GET /images/json",
                "GET /images/docker.io/library/a:1/json",
                "DELETE /images/a",
                "GET /networks",
                "GET /networks/a",
                "GET /volumes",
                "GET /volumes/a",
                "GET /services/a/logs",
                "GET /plugins",
                "GET /v1.41/containers/a/json",
                "GET /v1.18/containers/a/json",
            })
    void leavesAlone(String request) throws Exception {
        assertThat(find(request)).isInstanceOf(Treatment.Plain.class);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /containers/create, Create",
        "POST /v1.41/containers/create?name=a, Create",
        "POST /v1.%34%31/containers/%63reate, Create",
        "POST http://evil/v1.41/containers/create, Create",
        "POST /containers/a/start, Start",
        "POST /containers/a/restart?t=1, Start",
        "POST /containers/a/start/start, Start",
        "POST /containers/a/exec, Act",
        "POST /containers/a/attach, Act",
        "GET /containers/a/attach/ws, Act",
        "POST /containers/a/update, Act",
        "POST /commit, Act",
        "POST /images/create?fromImage=a, Act",
        "POST /volumes/create, Act",
        "PUT /volumes/a, Act",
        "POST /networks/create, Act",
        "POST /networks/a/connect, Act",
        "POST /plugins/pull, Act",
        "POST /plugins/create, Act",
        "POST /plugins/a/b/disable, Act",
        "DELETE /plugins/a, Act",
        "POST /swarm/join, Act",
        "POST /nodes/a/update, Act",
        "POST /services/create, Act",
        "POST /services/a/update, Act",
        "DELETE /secrets/a, Act",
    })
    void judges(String request, String treatment) throws Exception {
        assertThat(find(request).getClass().getSimpleName()).isEqualTo(treatment);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /build?remote=git://evil, BUILD",
        "POST /images/load, LOAD",
        "POST /images/create?fromSrc=-, IMPORT",
        "POST /images/create?fromImage=, IMPORT",
        "PUT /containers/a/archive, ARCHIVE",
        "GET /containers/a/archive, ARCHIVE",
        "GET /containers/a/export, EXPORT",
        "GET /images/get?names=a, EXPORT",
        "GET /images/a/get, EXPORT",
        "POST /images/a/push, PUSH",
        "POST /containers/a/checkpoints, CHECKPOINT",
        "DELETE /containers/a/checkpoints/b, CHECKPOINT",
        "POST /containers/a/start?checkpoint=b, CHECKPOINT",
        "POST /containers/a/start?checkpoint-dir=/, CHECKPOINT",
        "POST /session, SESSION",
        "POST /grpc, GRPC",
    })
    void keepsClosed(String request, ClosedRoute route) throws Exception {
        assertThat(find(request))
                .isInstanceOfSatisfying(
                        Treatment.Closed.class,
                        closed -> assertThat(closed.route()).isEqualTo(route));
    }

    /** Every name that a policy can open stands for a route. */
    @ParameterizedTest
    @EnumSource
    void hasARouteForEveryName(ClosedRoute route) throws Exception {
        String request = switch (route) {
            case BUILD -> "POST /build";
            case LOAD -> "POST /images/load";
            case IMPORT -> "POST /images/create";
            case ARCHIVE -> "PUT /containers/a/archive";
            case EXPORT -> "GET /containers/a/export";
            case PUSH -> "POST /images/a/push";
            case CHECKPOINT -> "GET /containers/a/checkpoints";
            case SESSION -> "POST /session";
            case GRPC -> "POST /grpc";
        };
        assertThat(find(request)).isInstanceOf(Treatment.Closed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /containers/a/copy",
                "POST /containers/a",
                "PUT /containers/create",
                "post /containers/create",
                "POST /containers/create/",
                "GET /containers/create",
                "POST /Containers/create",
                "POST /containers/a/Start",
                "POST /libpod/containers/create",
                "GET /debug/pprof/heap",
                "OPTIONS /",
                "POST /v1.41/v1.41/containers/create",
                "POST /plugins/a/push",
                "POST /exec/a/exec",
                "HEAD /containers/json",
                "CONNECT /containers/json",
                "GET /",
            })
    void knowsNoOther(String request) throws Exception {
        assertThat(find(request)).isInstanceOf(Treatment.Unknown.class);
    }

    private static Treatment find(String request) throws Exception {
        int space = request.indexOf(' ');
        return EngineRoutes.find(request.substring(0, space), RequestTarget.parse(request.substring(space + 1)));
    }
}
