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

final class HostNetwork implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "host-network",
            1,
            Severity.HIGH,
            "The host's network namespace is not shared",
            "On the host's network a container reaches services bound to localhost, sniffs traffic and evades network policy.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "spec.hostNetwork")
                    .and(Form.CONTAINER, "HostConfig.NetworkMode")
                    .and(Form.COMPOSE_SERVICE, "network_mode, networks[*].name, build.network"),
            List.of("PSS baseline", "CIS Docker 5.10", "NSA/CISA pod security enforcement"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Require.value(null, workload.hostNetwork(), NamespaceSharing.PRIVATE, Require.Filling.NEVER, findings);
    }
}
