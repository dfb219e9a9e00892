package dev.portcullis.workload;

/**
 * A volume as one container sees it.
 *
 * @param volume the volume's name, empty for a Docker bind
 * @param mountPath the directory inside the container
 * @param path where the mount is declared
 * @param ofHost whether it opens a directory of the host, or may: another container decides
 * @param propagation how mounts spread between host and container, by the platform's own name
 * @param readOnly whether the container cannot write to it
 * @param submountsReadOnly whether, where that is so, it cannot write to what the host mounts below it either
 */
public record Mount(
        String volume,
        String mountPath,
        FieldPath path,
        boolean ofHost,
        Setting<String> propagation,
        Setting<Boolean> readOnly,
        Setting<Boolean> submountsReadOnly) {}
