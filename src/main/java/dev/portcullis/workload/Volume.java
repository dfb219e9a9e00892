package dev.portcullis.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume that a workload brings.
 *
 * @param name its name, empty where the platform gives none (a Docker bind)
 * @param path where it is declared
 * @param sources the kinds of source declared, by the platform's names ({@code emptyDir}, {@code hostPath},
 *     {@code bind}); the API allows one, a reader keeps all
 * @param hostPath the directory of the host it opens, null where it opens none
 */
public record Volume(String name, FieldPath path, List<String> sources, Setting.@Nullable Declared<String> hostPath) {
    /** All volumes of another container, whatever they are: Docker's {@code VolumesFrom}. */
    public static final String OF_ANOTHER_CONTAINER = "volumesFrom";

    /** A volume that is named in words whose meaning is not known where it is judged: its name tells why. */
    public static final String UNRESOLVED = "unresolved";

    /** A single file that is provided to the container as a secret or a configuration of a compose file. */
    public static final String PROVIDED = "a secret or a configuration";

    /** Whether it is one that is not known. */
    public boolean isUnresolved() {
        return sources.contains(UNRESOLVED);
    }

    /** Whether it is one file that the container is meant to read. */
    public boolean isProvided() {
        return sources.contains(PROVIDED);
    }

    /** Whether what it opens is decided by another container. */
    public boolean isOfAnotherContainer() {
        return sources.contains(OF_ANOTHER_CONTAINER);
    }
}
