package dev.portcullis.docker;

import dev.portcullis.docker.GoType.Array;
import dev.portcullis.docker.GoType.Mapping;
import dev.portcullis.docker.GoType.Pointer;
import dev.portcullis.docker.GoType.Slice;
import dev.portcullis.docker.GoType.Struct;
import dev.portcullis.docker.GoType.Text;
import dev.portcullis.docker.GoType.Whole;

/** The bodies of the Engine API, after {@code github.com/moby/moby/api/types} v1.52.0. */
final class EngineTypes {
    private static final GoType BOOL = new GoType.Flag();
    private static final GoType STRING = new Text(GoText.STRING);
    private static final GoType ADDRESS = new Text(GoText.ADDRESS);
    private static final GoType HARDWARE_ADDRESS = new Text(GoText.HARDWARE_ADDRESS);
    private static final GoType UINT16 = Whole.unsigned(16);
    private static final GoType UINT32 = Whole.unsigned(32);
    private static final GoType UINT64 = Whole.unsigned(64);
    private static final GoType INT64 = Whole.signed(64);
    /** {@code int} and {@code uint} have 64 bits wherever engines run that this judges. */
    private static final GoType INT = INT64;

    private static final GoType UINT = UINT64;
    private static final GoType STRINGS = new Slice(STRING);
    private static final GoType ADDRESSES = new Slice(ADDRESS);
    private static final GoType STRING_MAP = new Mapping(GoText.STRING, STRING);
    private static final GoType SIZE = new Array(UINT, 2);

    private static final Struct WEIGHT_DEVICE =
            Struct.empty().with(STRING, "Path").with(UINT16, "Weight");

    private static final Struct THROTTLE_DEVICE =
            Struct.empty().with(STRING, "Path").with(UINT64, "Rate");

    private static final Struct DEVICE_MAPPING =
            Struct.empty().with(STRING, "PathOnHost", "PathInContainer", "CgroupPermissions");

    private static final Struct DEVICE_REQUEST = Struct.empty()
            .with(STRING, "Driver")
            .with(INT, "Count")
            .with(STRINGS, "DeviceIDs")
            .with(new Slice(STRINGS), "Capabilities")
            .with(STRING_MAP, "Options");

    private static final Struct ULIMIT = Struct.empty().with(STRING, "Name").with(INT64, "Hard", "Soft");

    private static final Struct RESTART_POLICY =
            Struct.empty().with(STRING, "Name").with(INT, "MaximumRetryCount");

    private static final Struct RESOURCES = Struct.empty()
            .with(INT64, "CpuShares", "Memory", "NanoCpus")
            .with(STRING, "CgroupParent")
            .with(UINT16, "BlkioWeight")
            .with(new Slice(new Pointer(WEIGHT_DEVICE)), "BlkioWeightDevice")
            .with(
                    new Slice(new Pointer(THROTTLE_DEVICE)),
                    "BlkioDeviceReadBps",
                    "BlkioDeviceWriteBps",
                    "BlkioDeviceReadIOps",
                    "BlkioDeviceWriteIOps")
            .with(INT64, "CpuPeriod", "CpuQuota", "CpuRealtimePeriod", "CpuRealtimeRuntime")
            .with(STRING, "CpusetCpus", "CpusetMems")
            .with(new Slice(DEVICE_MAPPING), "Devices")
            .with(STRINGS, "DeviceCgroupRules")
            .with(new Slice(DEVICE_REQUEST), "DeviceRequests")
            .with(INT64, "MemoryReservation", "MemorySwap")
            .with(new Pointer(INT64), "MemorySwappiness", "PidsLimit")
            .with(new Pointer(BOOL), "OomKillDisable")
            .with(new Slice(new Pointer(ULIMIT)), "Ulimits")
            .with(INT64, "CpuCount", "CpuPercent")
            .with(UINT64, "IOMaximumIOps", "IOMaximumBandwidth");

    private static final Struct BIND_OPTIONS = Struct.empty()
            .with(STRING, "Propagation")
            .with(BOOL, "NonRecursive", "CreateMountpoint", "ReadOnlyNonRecursive", "ReadOnlyForceRecursive");

    private static final Struct VOLUME_DRIVER =
            Struct.empty().with(STRING, "Name").with(STRING_MAP, "Options");

    private static final Struct VOLUME_OPTIONS = Struct.empty()
            .with(BOOL, "NoCopy")
            .with(STRING_MAP, "Labels")
            .with(STRING, "Subpath")
            .with(new Pointer(VOLUME_DRIVER), "DriverConfig");

    private static final Struct TMPFS_OPTIONS =
            Struct.empty().with(INT64, "SizeBytes").with(UINT32, "Mode").with(new Slice(STRINGS), "Options");

    private static final Struct MOUNT = Struct.empty()
            .with(STRING, "Type", "Source", "Target", "Consistency")
            .with(BOOL, "ReadOnly")
            .with(new Pointer(BIND_OPTIONS), "BindOptions")
            .with(new Pointer(VOLUME_OPTIONS), "VolumeOptions")
            .with(new Pointer(Struct.empty().with(STRING, "Subpath")), "ImageOptions")
            .with(new Pointer(TMPFS_OPTIONS), "TmpfsOptions")
            .with(new Pointer(Struct.empty()), "ClusterOptions");

    private static final Struct PORT_BINDING =
            Struct.empty().with(ADDRESS, "HostIp").with(STRING, "HostPort");

    static final Struct HOST_CONFIG = Struct.empty()
            .with(STRINGS, "Binds", "VolumesFrom")
            .with(STRING, "ContainerIDFile", "NetworkMode", "VolumeDriver")
            .with(Struct.empty().with(STRING, "Type").with(STRING_MAP, "Config"), "LogConfig")
            .with(new Mapping(GoText.PORT, new Slice(PORT_BINDING)), "PortBindings")
            .with(RESTART_POLICY, "RestartPolicy")
            .with(BOOL, "AutoRemove", "Privileged", "PublishAllPorts", "ReadonlyRootfs")
            .with(SIZE, "ConsoleSize")
            .with(STRING_MAP, "Annotations", "StorageOpt", "Tmpfs", "Sysctls")
            .with(STRINGS, "CapAdd", "CapDrop", "DnsOptions", "DnsSearch", "ExtraHosts", "GroupAdd", "Links")
            .with(ADDRESSES, "Dns")
            .with(STRING, "CgroupnsMode", "IpcMode", "Cgroup", "PidMode", "UTSMode", "UsernsMode", "Runtime")
            .with(STRING, "Isolation")
            .with(INT, "OomScoreAdj")
            .with(INT64, "ShmSize")
            .with(STRINGS, "SecurityOpt", "MaskedPaths", "ReadonlyPaths")
            .with(new Slice(MOUNT), "Mounts")
            .with(new Pointer(BOOL), "Init")
            .embedding(RESOURCES);

    private static final Struct ENDPOINT = Struct.empty()
            .with(
                    new Pointer(Struct.empty()
                            .with(ADDRESS, "IPv4Address", "IPv6Address")
                            .with(ADDRESSES, "LinkLocalIPs")),
                    "IPAMConfig")
            .with(STRINGS, "Links", "Aliases", "DNSNames")
            .with(STRING_MAP, "DriverOpts")
            .with(INT, "GwPriority", "IPPrefixLen", "GlobalIPv6PrefixLen")
            .with(STRING, "NetworkID", "EndpointID")
            .with(ADDRESS, "Gateway", "IPAddress", "IPv6Gateway", "GlobalIPv6Address")
            .with(HARDWARE_ADDRESS, "MacAddress");

    private static final Struct HEALTHCHECK = Struct.empty()
            .with(STRINGS, "Test")
            .with(INT64, "Interval", "Timeout", "StartPeriod", "StartInterval")
            .with(INT, "Retries");

    private static final GoType SET = new Mapping(GoText.STRING, Struct.empty());

    private static final Struct CONFIG = Struct.empty()
            .with(STRING, "Hostname", "Domainname", "User", "Image", "WorkingDir", "StopSignal")
            .with(BOOL, "AttachStdin", "AttachStdout", "AttachStderr", "Tty", "OpenStdin", "StdinOnce")
            .with(BOOL, "ArgsEscaped", "NetworkDisabled")
            .with(new Mapping(GoText.PORT, Struct.empty()), "ExposedPorts")
            .with(STRINGS, "Env", "Cmd", "Entrypoint", "OnBuild", "Shell")
            .with(new Pointer(HEALTHCHECK), "Healthcheck")
            .with(SET, "Volumes")
            .with(STRING_MAP, "Labels")
            .with(new Pointer(INT), "StopTimeout");

    private static final GoType ENDPOINTS = new Mapping(GoText.STRING, new Pointer(ENDPOINT));

    /** {@code network.NetworkingConfig}. */
    static final Struct NETWORKING = Struct.empty().with(ENDPOINTS, "EndpointsConfig");

    /** {@code container.CreateRequest}: {@code POST /containers/create}. */
    static final Struct CREATE =
            CONFIG.with(new Pointer(HOST_CONFIG), "HostConfig").with(new Pointer(NETWORKING), "NetworkingConfig");

    private static final Struct MOUNT_POINT = Struct.empty()
            .with(STRING, "Type", "Name", "Source", "Destination", "Driver", "Mode", "Propagation")
            .with(BOOL, "RW");

    /** {@code container.InspectResponse}, as far as it says how the container runs: {@code GET /containers/{id}/json}. */
    static final Struct CONTAINER = Struct.empty()
            .with(STRING, "Id", "Name")
            .with(new Slice(MOUNT_POINT), "Mounts")
            .with(new Pointer(CONFIG), "Config")
            .with(new Pointer(HOST_CONFIG), "HostConfig")
            .with(new Pointer(Struct.empty().with(ENDPOINTS, "Networks")), "NetworkSettings");

    /** {@code v1.DockerOCIImageConfig}, without the ports, which engines are not strict about. */
    private static final Struct IMAGE_CONFIG = Struct.empty()
            .with(STRING, "User", "WorkingDir", "StopSignal")
            .with(BOOL, "ArgsEscaped")
            .with(STRINGS, "Env", "Cmd", "Entrypoint", "OnBuild", "Shell")
            .with(new Pointer(HEALTHCHECK), "Healthcheck")
            .with(SET, "Volumes")
            .with(STRING_MAP, "Labels");

    /**
     * {@code image.InspectResponse} ({@code GET /images/{name}/json}) and the OCI image configuration, which differ in the
     * case of {@code config} alone.
     */
    static final Struct IMAGE = Struct.empty()
            .with(STRING, "Id", "Architecture", "Os")
            .with(STRINGS, "RepoTags", "RepoDigests")
            .with(new Pointer(IMAGE_CONFIG), "Config");

    /** {@code container.UpdateConfig}: {@code POST /containers/{id}/update}. */
    static final Struct UPDATE = RESOURCES.with(RESTART_POLICY, "RestartPolicy");

    /** {@code container.ExecCreateRequest}: {@code POST /containers/{id}/exec}. */
    static final Struct EXEC = Struct.empty()
            .with(STRING, "User", "DetachKeys", "WorkingDir")
            .with(BOOL, "Privileged", "Tty", "AttachStdin", "AttachStderr", "AttachStdout")
            .with(new Pointer(SIZE), "ConsoleSize")
            .with(STRINGS, "Env", "Cmd");

    /** {@code volume.CreateRequest}: {@code POST /volumes/create}. What a cluster volume is does not matter to what we judge. */
    static final Struct VOLUME_CREATE = Struct.empty()
            .with(STRING, "Name", "Driver")
            .with(STRING_MAP, "DriverOpts", "Labels")
            .with(new Pointer(Struct.empty()), "ClusterVolumeSpec");

    /** {@code volume.Volume}, as far as it says what is mounted. */
    static final Struct VOLUME =
            Struct.empty().with(STRING, "Name", "Driver", "Mountpoint").with(STRING_MAP, "Options");

    /** {@code network.ConnectRequest}: {@code POST /networks/{id}/connect}. */
    static final Struct NETWORK_CONNECT =
            Struct.empty().with(STRING, "Container").with(new Pointer(ENDPOINT), "EndpointConfig");

    private static final Struct ADDRESS_POOL = Struct.empty()
            .with(STRING, "Subnet", "IPRange")
            .with(ADDRESS, "Gateway")
            .with(new Mapping(GoText.STRING, ADDRESS), "AuxiliaryAddresses");

    private static final Struct ADDRESS_MANAGEMENT =
            Struct.empty().with(STRING, "Driver").with(STRING_MAP, "Options").with(new Slice(ADDRESS_POOL), "Config");

    /** {@code network.CreateRequest}: {@code POST /networks/create}. */
    static final Struct NETWORK_CREATE = Struct.empty()
            .with(STRING, "Name", "Driver", "Scope")
            .with(new Pointer(BOOL), "EnableIPv4", "EnableIPv6")
            .with(new Pointer(ADDRESS_MANAGEMENT), "IPAM")
            .with(BOOL, "Internal", "Attachable", "Ingress", "ConfigOnly")
            .with(new Pointer(Struct.empty().with(STRING, "Network")), "ConfigFrom")
            .with(STRING_MAP, "Options", "Labels");

    private EngineTypes() {}
}
