package dev.portcullis.workload;

import java.util.List;

/** How a container is given a directory of its own to write to. */
@FunctionalInterface
public interface Scratch {
    /** The edits that mount something writable there; none where the platform cannot or should not. */
    List<Edit> at(String directory);
}
