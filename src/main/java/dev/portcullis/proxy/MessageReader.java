package dev.portcullis.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.jspecify.annotations.Nullable;

/** Reads one message at a time from a peer: waits where Jetty's parser needs more. */
abstract class MessageReader implements HttpParser.HttpHandler {
    /** Nothing that two readers could take differently, but for Host, which old clients fill with a socket's path. */
    static final HttpCompliance STRICT =
            HttpCompliance.STRICT.with("PORTCULLIS", HttpCompliance.Violation.UNSAFE_HOST_HEADER);

    private static final int BAD_REQUEST = 400;

    private final Peer peer;
    private List<HttpField> fields = new ArrayList<>();
    private boolean begun;
    private boolean headComplete;
    private boolean complete;
    private boolean cutOff;
    private @Nullable ByteBuffer content;
    private @Nullable HttpException bad;

    MessageReader(Peer peer) {
        this.peer = peer;
    }

    abstract HttpParser parser();

    /**
     * Reads to the end of a message's headers.
     *
     * @return false where the peer ended before the first byte
     */
    final boolean readHead() throws IOException, BadMessage {
        fields = new ArrayList<>();
        begun = false;
        headComplete = false;
        complete = false;
        parser().reset();
        while (!headComplete) {
            if (!peer.received().hasRemaining() && !peer.receive()) {
                if (!begun) {
                    return false;
                }
                throw new BadMessage(BAD_REQUEST, "it ended within its headers");
            }
            parse();
        }
        return true;
    }

    /**
     * More of the body, to be used before anything else is read.
     *
     * @return null at its end
     */
    final @Nullable ByteBuffer readContent() throws IOException, BadMessage {
        while (!complete) {
            content = null;
            parse();
            if (content != null && content.hasRemaining()) {
                return content;
            }
            if (!complete && !peer.received().hasRemaining() && !peer.receive()) {
                parser().atEOF();
            }
        }
        return null;
    }

    private void parse() throws BadMessage {
        parser().parseNext(peer.received());
        if (bad != null) {
            String reason = bad.getReason();
            throw new BadMessage(bad.getCode(), reason == null ? "it is not HTTP/1.1" : reason);
        }
        if (cutOff) {
            throw new BadMessage(BAD_REQUEST, "its body is cut off or broken");
        }
    }

    final List<HttpField> fields() {
        return fields;
    }

    final boolean isComplete() {
        return complete;
    }

    final boolean hasBegun() {
        return begun;
    }

    @Override
    public void messageBegin() {
        begun = true;
    }

    @Override
    public void parsedHeader(HttpField field) {
        fields.add(field);
    }

    @Override
    public boolean headerComplete() {
        headComplete = true;
        return true;
    }

    @Override
    public boolean content(ByteBuffer item) {
        content = item;
        return true;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        complete = true;
        return true;
    }

    @Override
    public void earlyEOF() {
        cutOff = true;
    }

    @Override
    public void badMessage(HttpException failure) {
        bad = failure;
    }
}
