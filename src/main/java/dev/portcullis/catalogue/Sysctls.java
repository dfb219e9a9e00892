package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Level;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Map;

final class Sysctls implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "sysctls",
            1,
            Severity.MEDIUM,
            "Only safe kernel parameters are set",
            "Kernel parameters outside the safe set change the node for every container on it.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "spec.securityContext.sysctls")
                    .and(Form.CONTAINER, "HostConfig.Sysctls, endpoint DriverOpts")
                    .and(Form.COMPOSE_SERVICE, "sysctls"),
            List.of("PSS baseline"),
            List.of(new Parameter(
                    "allow",
                    List.of(),
                    "kernel parameters allowed beside the safe set, in the hardened profile",
                    true)));

    /** The minor version of Kubernetes in which each became safe. */
    private static final Map<String, Integer> SAFE_SINCE = Map.ofEntries(
            Map.entry("kernel.shm_rmid_forced", 0),
            Map.entry("net.ipv4.ip_local_port_range", 0),
            Map.entry("net.ipv4.tcp_syncookies", 0),
            Map.entry("net.ipv4.ping_group_range", 0),
            Map.entry("net.ipv4.ip_unprivileged_port_start", 0),
            Map.entry("net.ipv4.ip_local_reserved_ports", 27),
            Map.entry("net.ipv4.tcp_keepalive_time", 29),
            Map.entry("net.ipv4.tcp_fin_timeout", 29),
            Map.entry("net.ipv4.tcp_keepalive_intvl", 29),
            Map.entry("net.ipv4.tcp_keepalive_probes", 29),
            Map.entry("net.ipv4.tcp_rmem", 32),
            Map.entry("net.ipv4.tcp_wmem", 32));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        List<String> more =
                criteria.level() == Level.HARDENED ? criteria.parameters().strings("allow") : List.of();
        Require.each(
                null,
                workload.sysctls(),
                name -> isSafe(name, criteria) || more.contains(name),
                name -> "sets " + Words.value(name.value()),
                "remove it: it is not in the safe set of Kubernetes " + criteria.version(),
                findings);
    }

    private static boolean isSafe(String name, Criteria criteria) {
        Integer since = SAFE_SINCE.get(name);
        return since != null && criteria.version().atLeast(since);
    }
}
