package dev.portcullis.authz;

/** A request to the plugin that no engine sends; the message is what the engine's user is told. */
final class MalformedEnvelopeException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedEnvelopeException(String sentence) {
        super(sentence, null, false, false);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
