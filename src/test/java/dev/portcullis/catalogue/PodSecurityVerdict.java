package dev.portcullis.catalogue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What Kubernetes' Pod Security evaluator says of a pod, in this project's check ids.
 *
 * @param failed ids of the checks that fail, in order; empty where the pod is allowed
 */
record PodSecurityVerdict(Set<String> failed) {

    private static final Map<String, String> CHECKS = Map.ofEntries(
            Map.entry("privileged", "privileged"),
            Map.entry("non-default capabilities", "capabilities-added"),
            Map.entry("allowPrivilegeEscalation != false", "no-new-privileges"),
            Map.entry("runAsNonRoot != true", "run-as-non-root"),
            Map.entry("runAsUser=0", "run-as-user"),
            Map.entry("seccompProfile", "seccomp-profile"),
            Map.entry("forbidden AppArmor profile", "apparmor-profile"),
            Map.entry("forbidden AppArmor profiles", "apparmor-profile"),
            Map.entry("seLinuxOptions", "selinux-options"),
            Map.entry("procMount", "masked-paths"),
            Map.entry("hostPath volumes", "host-path-volumes"),
            Map.entry("hostPort", "host-ports"),
            Map.entry("forbidden sysctls", "sysctls"),
            Map.entry("hostProcess", "windows-host-process"),
            Map.entry("probe or lifecycle host", "host-probes"));

    /** Kubernetes judges all three host namespaces in one check and names those that are shared. */
    private static final Map<String, String> HOST_NAMESPACES =
            Map.of("hostNetwork=true", "host-network", "hostPID=true", "host-pid", "hostIPC=true", "host-ipc");

    /** Every check of the two standards. */
    static final Set<String> CHECK_IDS = Stream.of(
                    CHECKS.values().stream(),
                    HOST_NAMESPACES.values().stream(),
                    Stream.of("capabilities-dropped", "volume-types"))
            .flatMap(ids -> ids)
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern RESTRICTED_TYPES = Pattern.compile(".* uses? restricted volume types? (\"\\w+\".*)");

    /** Reads one answer of the oracle; anything it does not know is an error, never a pass. */
    static PodSecurityVerdict of(JsonNode answer) {
        if (answer.has("error")) {
            throw new IllegalArgumentException("Kubernetes does not decode this pod: "
                    + answer.get("error").asString());
        }
        var failed = new TreeSet<String>();
        for (var check : answer.required("checks").values()) {
            add(
                    failed,
                    check.required("reason").asString(),
                    check.required("detail").asString());
        }
        if (answer.required("allowed").asBoolean() != failed.isEmpty()) {
            throw new IllegalArgumentException("Verdict and checks contradict each other: " + answer);
        }
        return new PodSecurityVerdict(failed);
    }

    boolean allowed() {
        return failed.isEmpty();
    }

    private static void add(Set<String> failed, String reason, String detail) {
        switch (reason) {
            case "host namespaces" -> {
                for (var namespace : detail.split(", ", -1)) {
                    failed.add(known(HOST_NAMESPACES, namespace, reason));
                }
            }
            case "unrestricted capabilities" -> addCapabilities(failed, detail);
            case "restricted volume types" -> addVolumes(failed, detail);
            default -> failed.add(known(CHECKS, reason, detail));
        }
    }

    /** From 1.22 the restricted check judges added and dropped capabilities together, in one detail of one or two parts. */
    private static void addCapabilities(Set<String> failed, String detail) {
        var dropped = detail.contains(" must set securityContext.capabilities.drop=[\"ALL\"]");
        var added = detail.endsWith(" in securityContext.capabilities.add");
        if (dropped) {
            failed.add("capabilities-dropped");
        }
        if (added) {
            failed.add("capabilities-added");
        }
        if (!dropped && !added) {
            throw unknown("unrestricted capabilities", detail);
        }
    }

    /** The restricted check replaces baseline's of host paths and so speaks for both. */
    private static void addVolumes(Set<String> failed, String detail) {
        var types = RESTRICTED_TYPES.matcher(detail);
        if (!types.matches()) {
            throw unknown("restricted volume types", detail);
        }
        for (var type : types.group(1).split(", ", -1)) {
            failed.add(type.equals("\"hostPath\"") ? "host-path-volumes" : "volume-types");
        }
    }

    private static String known(Map<String, String> ids, String key, String rest) {
        var id = ids.get(key);
        if (id == null) {
            throw unknown(key, rest);
        }
        return id;
    }

    private static IllegalArgumentException unknown(String reason, String detail) {
        return new IllegalArgumentException("Unknown reason of a denial: " + reason + " (" + detail + ")");
    }
}
