package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import java.util.List;

final class HostProbes implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "host-probes",
            1,
            Severity.LOW,
            "Probes and hooks name no host",
            "The kubelet makes the request, from the node: a host in a probe makes it reach places the workload cannot.",
            PodSecurityStandard.baseline(34),
            Fields.in(Form.POD, "livenessProbe, readinessProbe, startupProbe, lifecycle: httpGet.host, tcpSocket.host"),
            List.of("PSS baseline"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        for (Container container : workload.containers()) {
            Require.each(
                    container,
                    container.probeHosts(),
                    host -> false,
                    host -> "is " + Words.value(host.value()),
                    "remove it: without it the pod's own address is meant",
                    findings);
        }
    }
}
