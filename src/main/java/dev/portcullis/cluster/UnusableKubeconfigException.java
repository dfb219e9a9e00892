package dev.portcullis.cluster;

/** A kubeconfig that names no cluster that could be connected to. */
public final class UnusableKubeconfigException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableKubeconfigException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is wrong, and what to do. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
