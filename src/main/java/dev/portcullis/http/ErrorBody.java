package dev.portcullis.http;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON that every HTTP error carries. */
public final class ErrorBody {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ErrorBody() {}

    /** An id, 16 hexadecimal digits, by which a client's report and the log find each other. */
    public static String newRequestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** {@code {"code": ..., "message": ..., "requestId": ...}} in UTF-8. */
    public static byte[] of(int code, String message, String requestId) {
        return JSON.writeValueAsBytes(body(code, message, requestId));
    }

    /** The same of those who have not shown who they are, and {@code "logins"}: the ways in which they can. */
    public static byte[] unauthorized(String message, String requestId, List<String> logins) {
        ObjectNode body = body(401, message, requestId);
        logins.forEach(body.putArray("logins")::add);
        return JSON.writeValueAsBytes(body);
    }

    private static ObjectNode body(int code, String message, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        body.put("code", code);
        body.put("message", message);
        body.put("requestId", requestId);
        return body;
    }
}
