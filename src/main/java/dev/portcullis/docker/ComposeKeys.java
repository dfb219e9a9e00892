package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Value;
import java.util.Set;

/**
 * The keys that a service may have, after the schema of the Compose Specification in {@code compose-go} v2.16.1. Docker
 * Compose refuses any other, and so must a gate: one that it does not know may open what it guards.
 */
final class ComposeKeys {
    private static final Set<String> KNOWN = Set.of(
            "annotations",
            "attach",
            "blkio_config",
            "build",
            "cap_add",
            "cap_drop",
            "cgroup",
            "cgroup_parent",
            "command",
            "configs",
            "container_name",
            "cpu_count",
            "cpu_percent",
            "cpu_period",
            "cpu_quota",
            "cpu_rt_period",
            "cpu_rt_runtime",
            "cpu_shares",
            "cpus",
            "cpuset",
            "credential_spec",
            "depends_on",
            "deploy",
            "develop",
            "device_cgroup_rules",
            "devices",
            "dns",
            "dns_opt",
            "dns_search",
            "domainname",
            "entrypoint",
            "env_file",
            "environment",
            "expose",
            "extends",
            "external_links",
            "extra_hosts",
            "gpus",
            "group_add",
            "healthcheck",
            "hostname",
            "image",
            "init",
            "ipc",
            "isolation",
            "label_file",
            "labels",
            "links",
            "logging",
            "mac_address",
            "mem_limit",
            "mem_reservation",
            "mem_swappiness",
            "memswap_limit",
            "models",
            "network_mode",
            "networks",
            "oom_kill_disable",
            "oom_score_adj",
            "per_replica",
            "pid",
            "pids_limit",
            "platform",
            "ports",
            "post_start",
            "pre_start",
            "pre_stop",
            "privileged",
            "profiles",
            "provider",
            "pull_policy",
            "pull_refresh_after",
            "read_only",
            "restart",
            "runtime",
            "scale",
            "secrets",
            "security_opt",
            "shm_size",
            "stdin_open",
            "stop_grace_period",
            "stop_signal",
            "storage_opt",
            "sysctls",
            "tmpfs",
            "triggers",
            "tty",
            "ulimits",
            "use_api_socket",
            "user",
            "userns_mode",
            "uts",
            "volumes",
            "volumes_from",
            "working_dir");

    private ComposeKeys() {}

    static void require(Value service) throws ComposeException {
        for (String key : service.members().keySet()) {
            if (!KNOWN.contains(key) && !key.startsWith("x-")) {
                throw new ComposeException(
                        service.path().child(key),
                        "is no key that a service has",
                        "correct its spelling, or begin it with x- if it is a note of your own");
            }
        }
    }
}
