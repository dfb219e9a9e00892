package dev.portcullis.workload;

import java.util.List;

/**
 * How a container is run and watched.
 *
 * @param healthcheck whether something tells that it still works
 * @param logDriver where its output goes
 * @param ports the ports that it says it listens on
 * @param workingDirectory where it starts
 */
public record Conduct(
        Setting<RestartPolicy> restartPolicy,
        Setting<Boolean> healthcheck,
        Setting<String> logDriver,
        List<Setting.Declared<Port>> ports,
        Setting<String> workingDirectory) {}
