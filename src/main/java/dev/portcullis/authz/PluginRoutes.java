package dev.portcullis.authz;

import dev.portcullis.engine.EngineDecider;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.http.Body;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.Caller;
import dev.portcullis.http.Endpoint;
import dev.portcullis.http.ErrorBody;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plugin's routes, on a unix socket and on the admission port. Engines send no Content-Type, and read {@code Allow} beside
 * the status 200 alone: whatever can be said is said there.
 */
public final class PluginRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PluginRoutes.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] ACTIVATION = "{\"Implements\":[\"authz\"]}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ALLOWED = "{\"Allow\":true,\"Msg\":\"\"}".getBytes(StandardCharsets.US_ASCII);

    private final EngineDecider gate;
    private final BodyReader bodies;
    private final Runnable onActivation;

    private PluginRoutes(EngineDecider gate, BodyReader bodies, Runnable onActivation) {
        this.gate = gate;
        this.bodies = bodies;
        this.onActivation = onActivation;
    }

    /**
     * {@code POST /Plugin.Activate}, {@code /AuthZPlugin.AuthZReq} and {@code /AuthZPlugin.AuthZRes}.
     *
     * @param onActivation done whenever an engine has found its plugin; must not wait
     */
    public static List<HttpRoute> of(EngineDecider gate, BodyReader bodies, Runnable onActivation) {
        PluginRoutes plugin = new PluginRoutes(gate, bodies, onActivation);
        List<HttpRoute> routes = new ArrayList<>();
        plugin.add(routes, "/Plugin.Activate", plugin::activate);
        plugin.add(routes, "/AuthZPlugin.AuthZReq", plugin::request);
        plugin.add(routes, "/AuthZPlugin.AuthZRes", plugin::response);
        return routes;
    }

    private void add(List<HttpRoute> routes, String path, Endpoint endpoint) {
        routes.add(new HttpRoute(Port.DOCKER, "POST", path, endpoint));
        routes.add(new HttpRoute(Port.ADMISSION, "POST", path, Caller.nearOrVerified(endpoint)));
    }

    private void activate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        onActivation.run();
        Reply.json(response, 200, ACTIVATION);
    }

    private void request(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Body body = bodies.read(request)) {
            EngineVerdict verdict = switch (body) {
                case Body.Whole whole -> decide(whole.bytes());
                case Body.Refused refused -> EngineVerdict.refused(refused.message());
            };
            ObjectNode answer = JSON.createObjectNode();
            answer.put("Allow", verdict.allowed());
            answer.put("Msg", verdict.message());
            Reply.json(response, 200, JSON.writeValueAsBytes(answer));
        }
    }

    /** What was done is done: to deny now would only hide what came of it, so that nobody reads what the engine shows here. */
    private void response(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Body _ = bodies.read(request)) {
            Reply.json(response, 200, ALLOWED);
        }
    }

    // A gate fails closed by answering.
    private EngineVerdict decide(byte[] body) {
        try {
            return gate.decide(Envelope.read(body));
        } catch (MalformedEnvelopeException malformed) {
            return EngineVerdict.refused(malformed.sentence());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
            String requestId = ErrorBody.newRequestId();
            LOG.error("request {} of an engine could not be judged", requestId, broken);
            return EngineVerdict.refused("Portcullis failed to judge this; its log has the cause under " + requestId);
        }
    }
}
