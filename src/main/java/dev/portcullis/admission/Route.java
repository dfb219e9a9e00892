package dev.portcullis.admission;

/** The two webhooks. */
public enum Route {
    /** Allows or denies. */
    VALIDATE("/validate"),
    /** Allows, with or without a patch; never denies. */
    MUTATE("/mutate");

    private final String path;

    Route(String path) {
        this.path = path;
    }

    /** The HTTP path. */
    public String path() {
        return path;
    }
}
