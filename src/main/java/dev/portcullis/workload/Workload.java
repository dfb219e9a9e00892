package dev.portcullis.workload;

import java.util.List;

/**
 * What is about to start: a pod, the pods of a controller, or a Docker container.
 *
 * @param windows whether it declares itself a Windows workload, for which Linux settings mean nothing
 * @param hostUsers whether it uses the host's user namespace
 * @param sysctls the kernel parameters it sets, by name, each where it stands
 * @param appArmorAnnotations AppArmor profiles asked for by annotation, for any container name
 * @param seccompAnnotations seccomp profiles asked for by the annotations that Kubernetes read before 1.19, for the pod
 *     and for containers it has
 * @param memoryMounts file systems in memory
 * @param cgroupNamespace whose control-group namespace it uses
 * @param runtime the container runtime it asks for by name
 * @param networkIsolated whether no other workload reaches it unasked
 * @param unprivilegedPorts the first port that its processes may listen on without being root
 * @param blockDevices whether a container is given a volume as a raw block device
 * @param images what is known of the images it names
 * @param digests what is known of where their tags point
 * @param profiles what is known of the profiles it names
 */
public record Workload(
        Subject subject,
        boolean windows,
        Setting<NamespaceSharing> hostPid,
        Setting<NamespaceSharing> hostIpc,
        Setting<NamespaceSharing> hostNetwork,
        Setting<NamespaceSharing> hostUts,
        Setting<Boolean> hostUsers,
        PodSecurity podSecurity,
        Setting<List<Setting.Declared<String>>> sysctls,
        List<Setting.Declared<SecurityProfile>> appArmorAnnotations,
        List<Setting.Declared<SecurityProfile>> seccompAnnotations,
        List<Volume> volumes,
        List<Container> containers,
        List<MemoryMount> memoryMounts,
        Setting<NamespaceSharing> cgroupNamespace,
        Setting<String> runtime,
        ServiceAccountToken serviceAccountToken,
        Setting<Boolean> networkIsolated,
        Setting<Long> unprivilegedPorts,
        boolean blockDevices,
        ImageKnowledge images,
        ImageDigests digests,
        NodeProfiles profiles)
        implements Matter {

    /** The kernel parameter that says {@link #unprivilegedPorts}. */
    public static final String UNPRIVILEGED_PORTS = "net.ipv4.ip_unprivileged_port_start";

    /** The platform it is for. */
    public Platform platform() {
        return subject.platform();
    }

    /** The same with what is known of images. */
    public Workload knowing(ImageKnowledge known) {
        return with(known, digests, profiles);
    }

    /** The same with what is known of where tags point. */
    public Workload resolving(ImageDigests known) {
        return with(images, known, profiles);
    }

    /** The same with what is known of profiles. */
    public Workload confinedBy(NodeProfiles known) {
        return with(images, digests, known);
    }

    private Workload with(ImageKnowledge knownImages, ImageDigests knownDigests, NodeProfiles knownProfiles) {
        return new Workload(
                subject,
                windows,
                hostPid,
                hostIpc,
                hostNetwork,
                hostUts,
                hostUsers,
                podSecurity,
                sysctls,
                appArmorAnnotations,
                seccompAnnotations,
                volumes,
                containers,
                memoryMounts,
                cgroupNamespace,
                runtime,
                serviceAccountToken,
                networkIsolated,
                unprivilegedPorts,
                blockDevices,
                knownImages,
                knownDigests,
                knownProfiles);
    }
}
