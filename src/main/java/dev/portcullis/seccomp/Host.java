package dev.portcullis.seccomp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a profile is used, and by which container.
 *
 * @param architecture as moby's conditions name it: {@code amd64}, {@code x86}
 * @param capabilities those of the container, such as {@code CAP_SYS_ADMIN}
 */
public record Host(String architecture, Condition.Kernel kernel, Set<String> capabilities) {
    /** A kernel on which every rule counts that asks for a version. */
    public static final Condition.Kernel NEWEST = new Condition.Kernel(Integer.MAX_VALUE, 0);

    /** Engines of today ask for a newer one, and rules that ask for an older one count. */
    private static final Condition.Kernel OLDEST = new Condition.Kernel(4, 18);

    private static final int MOST = 500;

    /**
     * All that some profiles can tell apart by the kernel.
     *
     * @param architectures as {@link SeccompProfile#hosts} has them
     * @throws SeccompException where they are too many to compare anything on
     */
    public static List<Host> all(
            Collection<SeccompProfile> profiles, Collection<String> architectures, Set<String> capabilities)
            throws SeccompException {
        Set<Condition.Kernel> kernels = new TreeSet<>(Set.of(OLDEST, NEWEST));
        profiles.stream()
                .flatMap(profile -> profile.rules().stream())
                .flatMap(SyscallRule::kernels)
                .filter(kernel -> kernel.compareTo(OLDEST) > 0)
                .forEach(kernels::add);
        Set<String> names = new TreeSet<>(architectures);
        if ((long) names.size() * kernels.size() > MOST) {
            throw new SeccompException(
                    "the profile",
                    "tells apart more than " + MOST + " hosts by their architectures and kernels",
                    "ask for fewer in includes and excludes");
        }
        List<Host> hosts = new ArrayList<>();
        for (String name : names) {
            kernels.forEach(kernel -> hosts.add(new Host(name, kernel, capabilities)));
        }
        return hosts;
    }
}
