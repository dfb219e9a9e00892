package dev.portcullis.authz;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.engine.EngineCall;
import dev.portcullis.workload.Requester;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what an engine tells of a request ({@code authorization.Request} of {@code github.com/docker/docker}). */
final class Envelope {
    private static final String BODY = "RequestBody";

    private final JsonNode root;

    private Envelope(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads the request that an engine asks about.
     *
     * @throws MalformedEnvelopeException where no engine would send it: an empty one comes from an engine whose connection
     *     was lost while it asked
     */
    static EngineCall read(byte[] bytes) throws MalformedEnvelopeException {
        if (bytes.length == 0) {
            throw new MalformedEnvelopeException("the engine's question to Portcullis is empty: try again");
        }
        try {
            return new Envelope(Json.read(bytes)).call();
        } catch (UnreadableException unreadable) {
            throw new MalformedEnvelopeException(
                    "the engine's question to Portcullis cannot be read: " + unreadable.getMessage());
        }
    }

    private EngineCall call() throws MalformedEnvelopeException {
        String contentType = header("Content-Type");
        return new EngineCall(
                required("RequestMethod"),
                required("RequestUri"),
                contentType,
                length(header("Content-Length")),
                body(),
                requester());
    }

    private String required(String field) throws MalformedEnvelopeException {
        String text = root.path(field).stringValue("");
        if (text.isEmpty()) {
            throw new MalformedEnvelopeException("the engine's question to Portcullis has no " + field);
        }
        return text;
    }

    /** By its name in any case, as HTTP has it. */
    private @Nullable String header(String name) throws MalformedEnvelopeException {
        String found = null;
        for (Map.Entry<String, JsonNode> header : root.path("RequestHeaders").properties()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                if (found != null || !header.getValue().isString()) {
                    throw new MalformedEnvelopeException(
                            "the engine's question to Portcullis has no single " + name + " in its RequestHeaders");
                }
                found = header.getValue().stringValue();
            }
        }
        return found;
    }

    /** What is no number counts as something, so that nothing is taken to be empty by it. */
    private static @Nullable Long length(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            return Long.valueOf(header.strip());
        } catch (NumberFormatException none) {
            return -1L;
        }
    }

    private byte[] body() throws MalformedEnvelopeException {
        JsonNode body = root.path(BODY);
        if (body.isMissingNode() || body.isNull()) {
            return new byte[0];
        }
        try {
            if (body.isString()) {
                return Base64.getDecoder().decode(body.stringValue());
            }
        } catch (IllegalArgumentException broken) {
            // told below
        }
        throw new MalformedEnvelopeException(
                "the engine's question to Portcullis has a " + BODY + " that is no base64");
    }

    /** Whom the engine's own TLS has told it; on a unix socket nobody. */
    private Requester requester() {
        String user = root.path("User").stringValue("");
        if (user.isEmpty() || !root.path("UserAuthNMethod").stringValue("").equals("TLS")) {
            return Requester.UNKNOWN;
        }
        String leaf = root.path("RequestPeerCertificates").path(0).stringValue("");
        return new Requester(user, PeerCertificate.groups(leaf, user));
    }
}
