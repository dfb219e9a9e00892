package dev.portcullis.app.tls;

/** A certificate or key that cannot be served with; its message is one sentence with the file and the remedy. */
public final class UnusableCertificateException extends Exception {
    UnusableCertificateException(String message) {
        super(message);
    }

    UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is wrong and what to do. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
