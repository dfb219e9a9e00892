package dev.portcullis.proxy;

import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.docker.RequestTarget;
import dev.portcullis.docker.TargetText;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.engine.EngineCall;
import dev.portcullis.engine.EngineDecider;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.policy.Messages;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Requester;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The policies' gate: what they patch is patched, and what goes on is written anew from what was judged. */
public final class PolicyGate implements ProxyGate {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] NOTHING = {};

    /** Archives and streams, which may be of any size and which nobody reads here. */
    private static final Pattern UNREAD = Pattern.compile(
            "POST /(?:build|images/load|images/create|plugins/create|session|grpc)|PUT /containers/.+/archive",
            Pattern.DOTALL);

    private static final Pattern RAW = Pattern.compile(
            "POST /(?:containers/.+/attach|exec/.+/start)|GET /containers/.+/attach/ws", Pattern.DOTALL);
    private static final Pattern HTTP2 = Pattern.compile("POST /(?:session|grpc)");

    private final EngineDecider decider;

    /** A gate that asks for each request. */
    public PolicyGate(EngineDecider decider) {
        this.decider = decider;
    }

    @Override
    public boolean readsBody(String method, String uri) {
        try {
            return !UNREAD.matcher(route(method, RequestTarget.parse(uri))).matches();
        } catch (MalformedBodyException malformed) {
            return true;
        }
    }

    @Override
    public Verdict decide(PendingRequest request) {
        byte[] body = request.body() == null ? NOTHING : request.body();
        EngineVerdict verdict = decider.decide(new EngineCall(
                request.method(), request.uri(), request.contentType(), length(request), body, Requester.UNKNOWN));
        EngineVerdict.Patched patched = verdict.patched();
        if (patched != null) {
            return patched.allowed()
                    ? forward(request, patched.body(), patched.report(), verdict.container())
                    : new Verdict.Deny(patched.message());
        }
        return verdict.allowed()
                ? forward(request, anew(verdict, body), verdict.report(), verdict.container())
                : new Verdict.Deny(verdict.message());
    }

    private static @Nullable Long length(PendingRequest request) {
        return request.body() == null ? null : (long) request.body().length;
    }

    /** What was judged, without anything that another reader could take for something else. */
    private static byte @Nullable [] anew(EngineVerdict verdict, byte[] body) {
        if (verdict.report() == null || body.length == 0) {
            return null;
        }
        try {
            return JSON.writeValueAsBytes(Json.read(body));
        } catch (UnreadableException unread) {
            throw new IllegalStateException("a body was judged that cannot be read", unread);
        }
    }

    private static Verdict forward(
            PendingRequest request, byte @Nullable [] body, @Nullable Report report, @Nullable String container) {
        RequestTarget target;
        try {
            target = RequestTarget.parse(request.uri());
        } catch (MalformedBodyException malformed) {
            return new Verdict.Deny(String.valueOf(malformed.getMessage()));
        }
        List<String> warnings = report == null ? List.of() : Messages.warnings(report);
        return new Verdict.Forward(
                TargetText.of(container == null ? target : on(container, target)),
                body,
                warnings,
                streams(route(request.method(), target)));
    }

    /** By the identifier of the container that was judged: its name may be another's before the engine looks. */
    private static RequestTarget on(String container, RequestTarget target) {
        String path = target.path();
        return new RequestTarget(
                "/containers/" + container + path.substring(path.lastIndexOf('/')), target.query(), target.version());
    }

    private static Set<Verdict.Stream> streams(String route) {
        if (RAW.matcher(route).matches()) {
            return Set.of(Verdict.Stream.RAW);
        }
        return HTTP2.matcher(route).matches() ? Set.of(Verdict.Stream.HTTP2) : Set.of();
    }

    private static String route(String method, RequestTarget target) {
        return method + " " + target.path();
    }
}
