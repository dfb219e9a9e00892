package dev.portcullis.proxy;

import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads the requests of a client. */
final class RequestReader extends MessageReader implements HttpParser.RequestHandler {
    private final HttpParser parser;
    private final Runnable onFirstByte;
    private String method = "";
    private String uri = "";
    private @Nullable HttpVersion version;

    RequestReader(Peer client, int headBytes, Runnable onFirstByte) {
        super(client);
        this.parser = new HttpParser(this, headBytes, STRICT);
        this.onFirstByte = onFirstByte;
    }

    @Override
    HttpParser parser() {
        return parser;
    }

    /** What {@link #readHead} has read. */
    RequestHead head() {
        return new RequestHead(method, uri, version, fields());
    }

    @Override
    public void messageBegin() {
        super.messageBegin();
        onFirstByte.run();
    }

    @Override
    public void startRequest(String said, String target, HttpVersion spoken) {
        method = said;
        uri = target;
        version = spoken;
    }
}
