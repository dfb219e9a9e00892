package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Workload;
import java.util.List;

final class UserNamespace implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "user-namespace",
            1,
            Severity.MEDIUM,
            "Root inside is not root outside",
            "In a user namespace root inside is an ordinary user outside, so most container escapes end there.",
            null,
            Fields.in(Form.POD, "spec.hostUsers")
                    .and(Form.CONTAINER, "HostConfig.UsernsMode")
                    .and(Form.COMPOSE_SERVICE, "userns_mode"),
            List.of("CIS Docker 5.31", "CIS Docker 2.9"),
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
        if (workload.windows()) {
            findings.skip(null, "user namespaces do not apply to Windows workloads");
            return;
        }
        boolean sharesHost = workload.hostPid().declares(NamespaceSharing.HOST)
                || workload.hostIpc().declares(NamespaceSharing.HOST)
                || workload.hostNetwork().declares(NamespaceSharing.HOST);
        // The API server refuses hostUsers: false beside another host namespace, and beside volumeDevices.
        if (sharesHost && workload.platform() == Platform.KUBERNETES) {
            Require.valueOnce("no other namespace is the host's", null, workload.hostUsers(), false, findings);
        } else if (workload.blockDevices()) {
            Require.valueOnce("no volume is a raw block device", null, workload.hostUsers(), false, findings);
        } else {
            Require.value(null, workload.hostUsers(), false, Require.Filling.OPTIONAL, findings);
        }
    }
}
