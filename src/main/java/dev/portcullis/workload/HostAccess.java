package dev.portcullis.workload;

import java.util.List;

/**
 * What a container sees of its host beyond namespaces and mounts.
 *
 * @param cgroupsReadOnly whether it cannot change control groups
 * @param cgroupParent the control group it is put below
 * @param devices what opens devices of the host, each where it stands
 * @param interfaces for each port that is published the address of the host it is open on; one that is absent is open on
 *     all of them, and so is one that is empty, which has no place for an address
 */
public record HostAccess(
        Setting<Boolean> cgroupsReadOnly,
        Setting<String> cgroupParent,
        Setting<List<Setting.Declared<DeviceGrant>>> devices,
        List<Setting<String>> interfaces) {}
