package dev.portcullis.seccomp;

import dev.portcullis.document.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Whether a profile that is sent with a container is at least as strict as the one it takes the place of. */
public final class Strictness {
    /** A profile names a few hundred; what names more is not worth the time of a request. */
    private static final int MOST_NAMES = 5_000;

    private Strictness() {}

    /**
     * What it lets through and the runtime's default does not, on any host it is for; empty where that is nothing.
     *
     * @param json the profile
     * @param capabilities those that the container has
     * @throws SeccompException where that cannot be told
     */
    public static List<String> beyondDefault(String json, Set<String> capabilities) throws SeccompException {
        try {
            SeccompProfile profile = ProfileReader.read(json.getBytes(StandardCharsets.UTF_8));
            if (profile.rules().stream().mapToInt(rule -> rule.names().size()).sum() > MOST_NAMES) {
                throw new SeccompException("the profile", "names too many system calls", "name at most " + MOST_NAMES);
            }
            SeccompProfile usual = RuntimeDefault.profile();
            return new Comparison(profile, usual, profile.madeFor(usual), capabilities).beyond();
        } catch (UnreadableException unreadable) {
            throw new SeccompException("the profile", "cannot be read", String.valueOf(unreadable.getMessage()));
        }
    }
}
