package dev.portcullis.workload;

import java.util.List;

/**
 * One container with every setting that a check asks about.
 *
 * @param path where it is declared; the root for a Docker container
 * @param capabilitiesAdded names as the platform reads them: exact in Kubernetes, upper case without {@code CAP_} in
 *     Docker
 * @param noNewPrivileges whether no_new_privs is set
 * @param kernelPathsMasked whether /proc and /sys are masked as usual, one setting for each field that can undo it
 * @param windowsHostProcess whether it runs as a Windows host process
 * @param hostPorts the ports of the host it takes, as written
 * @param probeHosts hosts that probes and lifecycle hooks name
 * @param pidsLimit the most processes it may have; 0 or less means unlimited
 * @param memoryLimit as the platform writes it
 * @param cpuLimit as the platform writes it
 * @param environment the variables whose values are written out
 */
public record Container(
        String name,
        ContainerKind kind,
        FieldPath path,
        Setting<String> image,
        Setting<Boolean> privileged,
        Setting<List<String>> capabilitiesAdded,
        Setting<List<String>> capabilitiesDropped,
        Setting<Boolean> noNewPrivileges,
        Scoped<Boolean> runAsNonRoot,
        Scoped<ContainerUser> runAsUser,
        Setting<Boolean> readOnlyRootFilesystem,
        Scoped<SecurityProfile> seccompProfile,
        Scoped<SecurityProfile> appArmorProfile,
        Scoped<SelinuxOptions> selinuxOptions,
        List<Setting<Boolean>> kernelPathsMasked,
        Scoped<Boolean> windowsHostProcess,
        Setting<List<Setting.Declared<String>>> hostPorts,
        Setting<List<Setting.Declared<String>>> probeHosts,
        List<Mount> mounts,
        Setting<Long> pidsLimit,
        Setting<String> memoryLimit,
        Setting<String> cpuLimit,
        Setting<List<Setting.Declared<Ulimit>>> ulimits,
        HostAccess hostAccess,
        Conduct conduct,
        List<Setting.Declared<EnvironmentVariable>> environment,
        Scratch scratch) {}
