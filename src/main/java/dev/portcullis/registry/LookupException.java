package dev.portcullis.registry;

/** A look-up that brought no answer; its message says why, and holds no secret. */
final class LookupException extends Exception {
    private final boolean registryAway;

    private LookupException(String message, boolean registryAway) {
        super(message, null, false, false);
        this.registryAway = registryAway;
    }

    /** This image could not be asked for; another one may. */
    static LookupException ofImage(String message) {
        return new LookupException(message, false);
    }

    /** The registry does not answer as it should: asking for its other images is of no use for a while. */
    static LookupException ofRegistry(String message) {
        return new LookupException(message, true);
    }

    boolean isRegistryAway() {
        return registryAway;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
