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

final class HostIpc implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "host-ipc",
            1,
            Severity.HIGH,
            "The host's IPC namespace is not shared",
            "In the host's IPC namespace shared memory and semaphores of other processes are open to the container.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "spec.hostIPC")
                    .and(Form.CONTAINER, "HostConfig.IpcMode")
                    .and(Form.COMPOSE_SERVICE, "ipc"),
            List.of("PSS baseline", "CIS Docker 5.17", "NSA/CISA pod security enforcement"),
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
        Require.value(null, workload.hostIpc(), NamespaceSharing.PRIVATE, Require.Filling.OVERWRITING, findings);
    }
}
