package dev.portcullis.workload;

import java.util.List;

/**
 * What a container sees of its host beyond namespaces and mounts.
 *
 * @param cgroupsReadOnly whether it cannot change control groups
 * @param cgroupParent the control group it is put below
 * @param devices devices of the host, rules for devices and requests to device drivers, each as written
 * @param interfaces for each port that is published the address of the host it is open on; one that is absent is open on
 *     all of them
 */
public record HostAccess(
        Setting<Boolean> cgroupsReadOnly,
        Setting<String> cgroupParent,
        Setting<List<Setting.Declared<String>>> devices,
        List<Setting<String>> interfaces) {}
