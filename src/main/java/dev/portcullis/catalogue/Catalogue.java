package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every check there is, in the order in which they are told. */
public final class Catalogue {
    private static final List<Check> ALL = List.of(
            new Privileged(),
            new CapabilitiesAdded(),
            new CapabilitiesDropped(),
            new NoNewPrivileges(),
            new RunAsNonRoot(),
            new RunAsUser(),
            new ReadOnlyRootFilesystem(),
            new SeccompProfile(),
            new AppArmorProfile(),
            new SelinuxOptionsCheck(),
            new MaskedPaths(),
            new WritableCgroups(),
            new HostPid(),
            new HostIpc(),
            new HostNetwork(),
            new HostUts(),
            new UserNamespace(),
            new CgroupNamespace(),
            new CgroupParent(),
            new HostPathVolumes(),
            new SensitiveHostPaths(),
            new RuntimeSocket(),
            new VolumeTypes(),
            new ReadOnlyMounts(),
            new MountPropagation(),
            new Devices(),
            new HostPorts(),
            new HostInterface(),
            new HostProbes(),
            new Sysctls(),
            new WindowsHostProcess(),
            new PidsLimit(),
            new MemoryLimit(),
            new CpuLimit(),
            new Ulimits(),
            new RestartPolicyCheck(),
            new ImageTag(),
            new ImageDigest(),
            new LogDriver(),
            new ImageRegistry(),
            new SandboxedRuntime(),
            new AutomountedToken(),
            new SecretInEnvironment(),
            new TmpfsOptions(),
            new NetworkIsolation());

    private static final Map<String, Check> BY_ID = ALL.stream()
            .collect(Collectors.toUnmodifiableMap(check -> check.info().id(), Function.identity()));

    private Catalogue() {}

    /** All checks. */
    public static List<Check> all() {
        return ALL;
    }

    /** The check with this id. */
    public static Optional<Check> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
