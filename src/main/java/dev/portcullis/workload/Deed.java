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
     * @param memorySwapLimit in bytes, -1 means unlimited
     * @param cpuQuota in microseconds a period, less than 0 means unlimited
     */
    record Update(Setting<Long> pidsLimit, Setting<Long> memorySwapLimit, Setting<Long> cpuQuota) implements Deed {}

    /** Makes a volume that containers may mount later. */
    record VolumeCreate(List<Volume> volumes) implements Deed {}

    /**
     * Makes a network.
     *
     * @param isolated whether its containers cannot reach each other
     */
    record NetworkCreate(Setting<Boolean> isolated) implements Deed {}

    /** Builds an image. */
    record Build(Setting<NamespaceSharing> network) implements Deed {}

    /** Brings in an image from an archive. */
    record ImageImport() implements Deed {}

    /** Installs, upgrades, enables or configures a plugin of the engine. */
    record PluginInstall() implements Deed {}

    /** Changes the swarm, its nodes or its services. */
    record SwarmChange() implements Deed {}

    /** Writes files into a container. */
    record ArchiveWrite() implements Deed {}

    /** Makes an image of a container. */
    record Commit() implements Deed {}
}
