package dev.portcullis.proxy;

import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads the engine's answers. */
final class ResponseReader extends MessageReader implements HttpParser.ResponseHandler {
    private final HttpParser parser;
    private int status;
    private String reason = "";

    /**
     * A reader of answers.
     *
     * @param toHead whether a HEAD is answered, so that no body follows whatever the headers say
     */
    ResponseReader(Peer engine, int headBytes, boolean toHead) {
        super(engine);
        parser = new HttpParser(this, headBytes, STRICT);
        parser.setHeadResponse(toHead);
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
