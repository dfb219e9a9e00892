package dev.portcullis.seccomp;

import java.util.Set;

/**
 * Where a profile is used, and by which container.
 *
 * @param architecture as moby's conditions name it: {@code amd64}, {@code x86}
 * @param capabilities those of the container, such as {@code CAP_SYS_ADMIN}
 */
public record Host(String architecture, Condition.Kernel kernel, Set<String> capabilities) {
    /** A kernel on which every rule counts that asks for a version. */
    public static final Condition.Kernel NEWEST = new Condition.Kernel(Integer.MAX_VALUE, 0);
}
