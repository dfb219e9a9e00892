package dev.portcullis.engine;

import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.docker.RequestTarget;
import dev.portcullis.policy.ClosedRoute;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How each route of the Engine API is treated, after {@code github.com/docker/docker/api/server/router} v28.5.2 and v20.10:
 * a route that is not here is denied.
 */
final class EngineRoutes {
    private static final Treatment PLAIN = new Treatment.Plain();
    private static final Treatment ACT = new Treatment.Act();
    private static final Treatment UNKNOWN = new Treatment.Unknown();

    private static final List<Route> ALL = List.of(
            plain("GET|HEAD", "/_ping"),
            plain("GET", "/(?:version|info|events|system/df)"),
            plain("POST", "/auth"),
            plain("GET", "/containers/json"),
            plain("GET", "/containers/(?:.+)/(?:json|logs|stats|top|changes)"),
            plain("POST", "/containers/(?:.+)/(?:stop|kill|wait|resize|rename|pause|unpause)"),
            plain("POST", "/(?:containers|images|volumes|networks|build)/prune"),
            plain("DELETE", "/(?:images|volumes|networks)/.+"),
            plain("GET", "/exec/.+/json"),
            plain("POST", "/exec/.+/(?:start|resize)"),
            plain("GET", "/images/(?:json|search)"),
            plain("GET", "/images/.+/(?:json|history)"),
            plain("POST", "/images/.+/tag"),
            plain("GET", "/distribution/.+/json"),
            plain("GET", "/(?:volumes|networks|swarm|nodes|services|tasks|secrets|configs|plugins)"),
            plain("GET", "/(?:volumes|networks|nodes|services|tasks|secrets|configs)/.+"),
            plain("GET", "/plugins/(?:privileges|.+/json)"),
            plain("POST", "/networks/.+/disconnect"),
            plain("POST", "/build/cancel"),
            route("POST", "/containers/create", path -> new Treatment.Create()),
            route("POST", "/containers/(.+)/(?:start|restart)", path -> new Treatment.Start(path.group(1))),
            act("POST", "/containers/.+/(?:exec|attach|update)"),
            act("GET", "/containers/.+/attach/ws"),
            act("POST", "/commit"),
            act("POST", "/volumes/create"),
            act("PUT", "/volumes/.+"),
            act("POST", "/networks/(?:create|.+/connect)"),
            act("POST", "/plugins/(?:pull|create|.+/(?:enable|disable|upgrade|set))"),
            act("POST", "/swarm/.+"),
            act("POST", "/(?:nodes|services|secrets|configs)/.+/update"),
            act("POST", "/(?:services|secrets|configs)/create"),
            act("DELETE", "/(?:plugins|nodes|services|secrets|configs)/.+"),
            closed("POST", "/build", ClosedRoute.BUILD, ACT),
            closed("POST", "/images/load", ClosedRoute.LOAD, ACT),
            closed("GET|HEAD", "/containers/.+/archive", ClosedRoute.ARCHIVE, PLAIN),
            closed("PUT", "/containers/.+/archive", ClosedRoute.ARCHIVE, ACT),
            closed("GET", "/containers/.+/export", ClosedRoute.EXPORT, PLAIN),
            closed("GET", "/images/(?:get|.+/get)", ClosedRoute.EXPORT, PLAIN),
            closed("POST", "/images/.+/push", ClosedRoute.PUSH, PLAIN),
            closed("GET|POST", "/containers/.+/checkpoints", ClosedRoute.CHECKPOINT, PLAIN),
            closed("DELETE", "/containers/.+/checkpoints/.+", ClosedRoute.CHECKPOINT, PLAIN),
            // Behind the checkpoints, whose route engines know before this one.
            plain("DELETE", "/containers/.+"),
            closed("POST", "/session", ClosedRoute.SESSION, PLAIN),
            closed("POST", "/grpc", ClosedRoute.GRPC, PLAIN));

    private EngineRoutes() {}

    /**
     * How a request is treated.
     *
     * @throws MalformedBodyException where a parameter that decides it is there twice
     */
    static Treatment find(String method, RequestTarget target) throws MalformedBodyException {
        if (method.equals("POST") && target.path().equals("/images/create")) {
            return target.parameter("fromImage").isEmpty() ? new Treatment.Closed(ClosedRoute.IMPORT, ACT) : ACT;
        }
        for (Route route : ALL) {
            Matcher path = route.path().matcher(target.path());
            if (route.methods().contains(method) && path.matches()) {
                return checkpointed(route.treatment().apply(path), target);
            }
        }
        return UNKNOWN;
    }

    /** A container that starts from what was kept of a memory starts as nobody has seen it. */
    private static Treatment checkpointed(Treatment treatment, RequestTarget target) throws MalformedBodyException {
        return treatment instanceof Treatment.Start
                        && !(target.parameter("checkpoint") + target.parameter("checkpoint-dir")).isEmpty()
                ? new Treatment.Closed(ClosedRoute.CHECKPOINT, treatment)
                : treatment;
    }

    private record Route(List<String> methods, Pattern path, Function<MatchResult, Treatment> treatment) {}

    private static Route plain(String methods, String path) {
        return route(methods, path, matched -> PLAIN);
    }

    private static Route act(String methods, String path) {
        return route(methods, path, matched -> ACT);
    }

    private static Route closed(String methods, String path, ClosedRoute closed, Treatment open) {
        return route(methods, path, matched -> new Treatment.Closed(closed, open));
    }

    private static Route route(String methods, String path, Function<MatchResult, Treatment> treatment) {
        return new Route(List.of(methods.split("\\|")), Pattern.compile(path, Pattern.DOTALL), treatment);
    }
}
