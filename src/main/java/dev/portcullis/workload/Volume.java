package dev.portcullis.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume that a workload brings.
 *
 * @param name its name, empty where the platform gives none (a Docker bind); of one that is not known, why
 * @param path where it is declared
 * @param sources the kinds of source declared, by the platform's names ({@code emptyDir}, {@code hostPath},
 *     {@code bind}); the API allows one, a reader keeps all
 * @param hostPath the directory of the host it opens, null where it opens none
 * @param origin who decides what it opens: a reader's own finding, never a word of the document
 */
public record Volume(
        String name, FieldPath path, List<String> sources, Setting.@Nullable Declared<String> hostPath, Origin origin) {
    /** Who decides what a volume opens. */
    public enum Origin {
        /** Its own declaration. */
        ITSELF,
        /** Another container, whose volumes it takes, whatever they are: Docker's {@code VolumesFrom}. */
        OTHER_CONTAINER,
        /** It is a single file that the container is meant to read: a secret or configuration of a compose file. */
        PROVIDED_FILE,
        /** Something that is not known where it is judged. */
        UNKNOWN
    }

    /** One that says itself what it opens. */
    public Volume(String name, FieldPath path, List<String> sources, Setting.@Nullable Declared<String> hostPath) {
        this(name, path, sources, hostPath, Origin.ITSELF);
    }

    /** Whether it is one that is not known. */
    public boolean isUnresolved() {
        return origin == Origin.UNKNOWN;
    }

    /** Whether it is one file that the container is meant to read. */
    public boolean isProvided() {
        return origin == Origin.PROVIDED_FILE;
    }

    /** Whether what it opens is decided by another container. */
    public boolean isOfAnotherContainer() {
        return origin == Origin.OTHER_CONTAINER;
    }
}
