package dev.portcullis.cel.functions;

/** Says why a text is no URL. */
final class UrlSyntaxException extends Exception {
    UrlSyntaxException(String message) {
        super(message);
    }
}
