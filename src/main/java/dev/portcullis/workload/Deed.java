package dev.portcullis.workload;

import java.util.List;

/** What a request does. */
public sealed interface Deed {
    /**
     * Starts a process in a running container.
     *
     * @param user whom it runs as; absent means the container's own user
     */
    record Exec(Setting<Boolean> privileged, Setting<ContainerUser> user) implements Deed {}

    /** Connects to the streams of a running container. */
    record Attach() implements Deed {}

    /**
     * Changes the limits of a running container; absent means unchanged.
     *
     * @param pidsLimit 0 or less means unlimited
     * @param memorySwapLimit in bytes, less than 0 means unlimited
     * @param cpuQuota in microseconds a period, less than 0 means unlimited
     * @param restartPolicy when the engine starts it again
     * @param others limits that can be changed but not lifted, such as memory: the new ones
     */
    record Update(
            Setting<Long> pidsLimit,
            Setting<Long> memorySwapLimit,
            Setting<Long> cpuQuota,
            Setting<RestartPolicy> restartPolicy,
            List<FieldPath> others)
            implements Deed {}

    /**
     * Makes a volume that containers may mount later.
     *
     * @param volumes what it is, once for each host path that it opens
     * @param forSwarm whether the swarm is to make it for all of its nodes
     */
    record VolumeCreate(List<Volume> volumes, boolean forSwarm) implements Deed {}

    /**
     * Makes a network.
     *
     * @param isolated whether its containers cannot reach each other
     */
    record NetworkCreate(Setting<Boolean> isolated) implements Deed {}

    /**
     * Builds an image.
     *
     * @param network what the commands of the build reach
     */
    record Build(Setting<NamespaceSharing> network) implements Deed {}

    /** Brings in an image from an archive. */
    record ImageImport() implements Deed {}

    /** Installs, upgrades, configures, enables, disables or removes a plugin of the engine. */
    record PluginChange() implements Deed {}

    /** Changes the swarm: itself, its nodes, services, secrets, configs or volumes. */
    record SwarmChange() implements Deed {}

    /** Writes files into a container. */
    record ArchiveWrite() implements Deed {}

    /** Makes an image of a container. */
    record Commit() implements Deed {}
}
