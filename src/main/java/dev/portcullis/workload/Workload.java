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
        List<Container> containers) {

    /** The platform it is for. */
    public Platform platform() {
        return subject.platform();
    }
}
