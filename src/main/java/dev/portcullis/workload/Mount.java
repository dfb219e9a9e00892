package dev.portcullis.workload;

/**
 * A volume as one container sees it.
 *
 * @param volume the volume's name, empty for a Docker bind
 * @param mountPath the directory inside the container
 * @param path where the mount is declared
 * @param propagation how mounts spread between host and container, by the platform's own name
 */
public record Mount(String volume, String mountPath, FieldPath path, Setting<String> propagation) {}
