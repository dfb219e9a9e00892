package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Workload;
import java.util.List;

final class HostUts implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "host-uts",
            1,
            Severity.HIGH,
            "The host's UTS namespace is not shared",
            "In the host's UTS namespace a container can rename the host.",
            null,
            Fields.in(Form.CONTAINER, "HostConfig.UTSMode").and(Form.COMPOSE_SERVICE, "uts"),
            List.of("CIS Docker 5.21"),
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
        Require.value(null, workload.hostUts(), NamespaceSharing.PRIVATE, Require.Filling.OVERWRITING, findings);
    }
}
