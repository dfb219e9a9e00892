package dev.portcullis.proxy;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** What the proxy answers itself, in the form of the engine's own errors, which every client shows. */
final class OwnAnswer {
    static final int FORBIDDEN = 403;
    static final int REQUEST_TIMEOUT = 408;
    static final int TOO_LARGE = 413;
    static final int BAD_GATEWAY = 502;
    static final int UNAVAILABLE = 503;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ByteBuffer CONTINUE =
            Head.answer(100, "Continue").bytes().asReadOnlyBuffer();

    private OwnAnswer() {}

    /**
     * An error with what went wrong and what to do.
     *
     * @param last whether no other answer follows on the connection
     */
    static ByteBuffer[] error(int status, String message, boolean last) {
        byte[] body = JSON.writeValueAsBytes(Map.of("message", message));
        Head head = Head.answer(status, HttpStatus.getMessage(status))
                .with("Content-Type", "application/json")
                .framed(body.length);
        if (last) {
            head.with("Connection", "close");
        }
        return new ByteBuffer[] {head.bytes(), ByteBuffer.wrap(body)};
    }

    /** Tells a client that waits for it to send its body. */
    static ByteBuffer goOn() {
        return CONTINUE.duplicate();
    }
}
