package dev.portcullis.docker;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.RestartPolicy;
import dev.portcullis.workload.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How settings are written whose notation differs between what engines take and what people write for them. */
interface EngineNotation {
    /** As the body of a container-create request. */
    EngineNotation CREATE_BODY = new EngineNotation() {};

    /** As {@code docker inspect} prints a container or an image. */
    EngineNotation INSPECTED = new EngineNotation() {
        @Override
        public boolean holdsImage() {
            return true;
        }
    };

    /** Whether what the image says is written there too, so that what is not written is not so. */
    default boolean holdsImage() {
        return false;
    }

    /** A memory limit, from bytes. */
    default Notation<String> limit() {
        return (path, bytes) -> new Edit.Set(path, Long.valueOf(bytes));
    }

    /** A CPU limit, from thousandths of a CPU, which the engine counts in billionths. */
    default Notation<String> cpuLimit() {
        return (path, millicores) -> new Edit.Set(path, Math.multiplyExact(Long.parseLong(millicores), 1_000_000L));
    }

    /** Bounded, so that it cannot take the memory of the host. */
    String SCRATCH_OPTIONS = "size=67108864";

    /** What gives a container a file system in memory; empty where that cannot be added to what is there. */
    default List<Edit> scratch(GoValue tmpfs, String directory) {
        return List.of(new Edit.Set(tmpfs.path().child(directory), SCRATCH_OPTIONS));
    }

    /** Whether a mount of this type is one file that the container is meant to read. */
    default boolean providesFile(String type) {
        return false;
    }

    /** The network that is meant where none is said. */
    default String ownNetwork() {
        return "default";
    }

    /** A restart policy, at the place of its number of retries. */
    default Notation<RestartPolicy> restartPolicy() {
        return (path, policy) -> new Edit.Set(path, policy.retries());
    }

    /**
     * A restart policy of another name.
     *
     * @param whole the place of the policy
     */
    default Notation<RestartPolicy> renamedRestartPolicy(FieldPath whole) {
        return (path, policy) -> new Edit.Set(
                whole, new TreeMap<>(Map.of("Name", policy.name(), "MaximumRetryCount", policy.retries())));
    }

    /** A restart policy with a number of retries as it is written. */
    default Object written(RestartPolicy policy) {
        return policy.retries();
    }

    /** Whether a namespace's mode names another container whose namespace is joined. */
    default boolean joinsContainer(String mode) {
        return mode.startsWith("container:");
    }

    /** The address of the host that a port is published on, at the place of the address. */
    default Notation<String> hostAddress() {
        return Notation.plain();
    }

    /** Whether a mount is read-only, at the place of the flag. */
    default Notation<Boolean> readOnlyMount() {
        return Notation.plain();
    }

    /** A read-only mount that leaves what the host mounts below it writable, at the place that says so. */
    default Setting.Declared<Boolean> writableBelow(FieldPath path) {
        return new Setting.Declared<>(false, path, true, Notation.inverted());
    }

    /** The options of a file system in memory, at the place where they are written. */
    default Notation<String> tmpfsOptions() {
        return Notation.plain();
    }
}
