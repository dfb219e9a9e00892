package dev.portcullis.engine;

import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.docker.RequestTarget;
import java.util.regex.Pattern;

/** Versions of the Engine API, compared as engines compare them. */
final class ApiVersion {
    private static final int OLDEST_MAJOR = 1;
    private static final int OLDEST_MINOR = 24;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    private ApiVersion() {}

    /**
     * Accepts the versions whose bodies are known; before them a container could be given another configuration when it was
     * started.
     */
    static void requireJudged(RequestTarget target) throws MalformedBodyException {
        String version = target.version();
        if (version != null && isOlder(version)) {
            throw RequestTarget.malformed(
                    "/v" + version, "use version " + OLDEST_MAJOR + "." + OLDEST_MINOR + " of the API, or a newer one");
        }
    }

    private static boolean isOlder(String version) {
        String[] parts = version.split("\\.", -1);
        int major = number(parts, 0);
        return major < OLDEST_MAJOR || (major == OLDEST_MAJOR && number(parts, 1) < OLDEST_MINOR);
    }

    /** What is no number counts as 0, as engines count it. */
    private static int number(String[] parts, int at) {
        return at < parts.length && NUMBER.matcher(parts[at]).matches() ? Integer.parseInt(parts[at]) : 0;
    }
}
