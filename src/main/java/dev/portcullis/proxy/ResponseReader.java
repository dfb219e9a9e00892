package dev.portcullis.proxy;

import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads the engine's answers. Where one has no body whatever its headers say, none is to be read. */
final class ResponseReader extends MessageReader implements HttpParser.ResponseHandler {
    private final HttpParser parser;
    private int status;
    private String reason = "";

    ResponseReader(Peer engine, int headBytes) {
        super(engine);
        parser = new HttpParser(this, headBytes, STRICT);
    }

    @Override
    HttpParser parser() {
        return parser;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    @Override
    public void startResponse(HttpVersion version, int code, @Nullable String phrase) {
        status = code;
        reason = phrase == null ? "" : phrase;
    }
}
