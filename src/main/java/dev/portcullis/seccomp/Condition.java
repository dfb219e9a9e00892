package dev.portcullis.seccomp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a rule of moby's form counts. An empty list asks nothing.
 *
 * @param capabilities of the container, such as {@code CAP_SYS_ADMIN}
 * @param architectures of the host, as Go names them
 * @param minKernel the least version of the kernel
 */
public record Condition(
        List<String> capabilities,
        List<String> architectures,
        @Nullable Kernel minKernel) {
    /** Asks nothing. */
    public static final Condition NONE = new Condition(List.of(), List.of(), null);

    /** A kernel's version. */
    public record Kernel(int version, int revision) implements Comparable<Kernel> {
        private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

        /** As it is written: {@code 4.8}. */
        public static Optional<Kernel> of(String text) {
            Matcher parts = WRITTEN.matcher(text);
            return parts.matches()
                    ? Optional.of(new Kernel(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
                    : Optional.empty();
        }

        @Override
        public int compareTo(Kernel other) {
            return version == other.version
                    ? Integer.compare(revision, other.revision)
                    : Integer.compare(version, other.version);
        }

        @Override
        public String toString() {
            return version + "." + revision;
        }
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    /** Whether rules that ask for all of it count: every capability, one of the architectures, the kernel. */
    boolean includes(Host host) {
        return (architectures.isEmpty() || architectures.contains(host.architecture()))
                && host.capabilities().containsAll(capabilities)
                && (minKernel == null || host.kernel().compareTo(minKernel) >= 0);
    }

    /** Whether rules that are taken away by any of it do not count. */
    boolean excludes(Host host) {
        return architectures.contains(host.architecture())
                || capabilities.stream().anyMatch(host.capabilities()::contains)
                || (minKernel != null && host.kernel().compareTo(minKernel) >= 0);
    }
}
