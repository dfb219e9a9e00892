package dev.portcullis.app;

import java.nio.charset.StandardCharsets;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * Refuses a request that has both Content-Length and Transfer-Encoding, which is how requests are smuggled past a proxy.
 * Tomcat lets Transfer-Encoding win and removes the other before anyone can see it, so this looks where it stood: in the
 * head's bytes. Only requests with a Transfer-Encoding are looked at; API servers send none.
 */
final class StrictProcessor extends Http11Processor {
    private static final byte[] CONTENT_LENGTH = "\ncontent-length".getBytes(StandardCharsets.US_ASCII);

    StrictProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
    }

    /** Called once the head is parsed and the body's framing is chosen. */
    @Override
    protected void parseHost(MessageBytes host) {
        if (request.getMimeHeaders().getValue("transfer-encoding") != null && declaresLength()) {
            response.setStatus(400);
            setErrorState(ErrorState.CLOSE_CLEAN, null);
            return;
        }
        super.parseHost(host);
    }

    private boolean declaresLength() {
        ByteChunk target = request.requestURI().getByteChunk();
        byte[] head = target.getBytes();
        int lineStart = 0;
        for (int i = target.getEnd(); i < head.length; i++) {
            if (head[i] == '\n') {
                if (lineStart > 0 && i - lineStart <= 1) {
                    return false; // the empty line: the head ends here
                }
                lineStart = i + 1;
                if (startsWith(head, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] head, int from) {
        if (head.length - from < CONTENT_LENGTH.length) {
            return false;
        }
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            byte one = head[from + i];
            if ((one >= 'A' && one <= 'Z' ? one + 32 : one) != CONTENT_LENGTH[i]) {
                return false;
            }
        }
        return true;
    }
}
