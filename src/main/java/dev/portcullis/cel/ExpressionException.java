package dev.portcullis.cel;

/** An expression cannot be compiled; the message names line and column. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressionException(String message) {
        super(message);
    }
}
