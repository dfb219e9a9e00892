package dev.portcullis.workload;

/** What a pod declares for all of its containers; all {@link Setting.Inexpressible} on a platform without pods. */
public record PodSecurity(
        Setting<Boolean> runAsNonRoot,
        Setting<ContainerUser> runAsUser,
        Setting<SecurityProfile> seccompProfile,
        Setting<SecurityProfile> appArmorProfile,
        Setting<SelinuxOptions> selinuxOptions,
        Setting<Boolean> windowsHostProcess) {}
