package dev.portcullis.seccomp;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done about some system calls.
 *
 * @param errno the number that calls fail with; null for the default
 * @param arguments all of which must hold for the rule to count, none of them twice; none for every call
 * @param includes what must hold of the host and the container, in moby's form
 * @param excludes what must not
 * @param comment for people
 */
public record SyscallRule(
        List<String> names,
        Action action,
        @Nullable Integer errno,
        List<ArgumentFilter> arguments,
        Condition includes,
        Condition excludes,
        String comment) {
    /** A rule that always counts. */
    public SyscallRule(List<String> names, Action action, List<ArgumentFilter> arguments) {
        this(names, action, null, arguments, Condition.NONE, Condition.NONE, "");
    }

    /** Whether it counts there. */
    public boolean counts(Host host) {
        return includes.includes(host) && !excludes.excludes(host);
    }

    /** The versions of kernels that it asks for. */
    Stream<Condition.Kernel> kernels() {
        return Stream.of(includes, excludes).map(Condition::minKernel).filter(Objects::nonNull);
    }

    /** The architectures that it asks for. */
    Stream<String> architectures() {
        return Stream.of(includes, excludes).flatMap(condition -> condition.architectures().stream());
    }

    /** Whether it depends on where it is used. */
    public boolean isConditional() {
        return !includes.isEmpty() || !excludes.isEmpty();
    }

    /** The same for other system calls. */
    public SyscallRule of(List<String> others) {
        return new SyscallRule(others, action, errno, arguments, includes, excludes, comment);
    }

    /** The same with other arguments. */
    public SyscallRule where(List<ArgumentFilter> others) {
        return new SyscallRule(names, action, errno, others, includes, excludes, comment);
    }

    /** The same wherever it is used. */
    public SyscallRule everywhere() {
        return new SyscallRule(names, action, errno, arguments, Condition.NONE, Condition.NONE, "");
    }
}
