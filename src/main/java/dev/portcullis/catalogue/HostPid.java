package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Workload;
import java.util.List;

final class HostPid implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "host-pid",
            1,
            Severity.HIGH,
            "The host's process namespace is not shared",
            "In the host's process namespace every process of the host can be seen, signalled and often read.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "spec.hostPID")
                    .and(Form.CONTAINER, "HostConfig.PidMode")
                    .and(Form.COMPOSE_SERVICE, "pid"),
            List.of("PSS baseline", "CIS Docker 5.16", "NSA/CISA pod security enforcement"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Require.value(null, workload.hostPid(), NamespaceSharing.PRIVATE, Require.Filling.OVERWRITING, findings);
    }
}
