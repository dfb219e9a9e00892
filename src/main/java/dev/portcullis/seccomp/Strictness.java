package dev.portcullis.seccomp;

import dev.portcullis.document.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether a profile that is sent with a container is at least as strict as the one it takes the place of. */
public final class Strictness {
    /** A profile names a few hundred; what names more is not worth the time of a request. */
    private static final int MOST_NAMES = 5_000;

    private Strictness() {}

    /**
     * What it lets through and the runtime's default does not, on any host that an engine may load it on: libseccomp applies a
     * profile's rules to the calls of the host's own architecture, whichever ones the profile names. Empty where that is nothing.
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
            Set<String> architectures = new TreeSet<>(SeccompProfile.hosts());
            profile.rules().stream().flatMap(SyscallRule::architectures).forEach(architectures::add);
            architectures.removeIf(host -> !profile.mayBeLoadedOn(host));
            SeccompProfile usual = RuntimeDefault.profile();
            List<Host> hosts = Host.all(List.of(profile, usual), architectures, capabilities);
            return new Comparison(profile, usual, hosts)
                    .differences().stream()
                            .filter(Comparison.Difference::isDangerous)
                            .map(Comparison.Difference::toString)
                            .toList();
        } catch (UnreadableException unreadable) {
            throw new SeccompException("the profile", "cannot be read", String.valueOf(unreadable.getMessage()));
        }
    }
}
