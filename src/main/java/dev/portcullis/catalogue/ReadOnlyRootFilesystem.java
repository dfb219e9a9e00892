package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import java.util.List;

final class ReadOnlyRootFilesystem implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "read-only-root-filesystem",
            1,
            Severity.MEDIUM,
            "The root filesystem is read-only",
            "An attacker who cannot write cannot drop tools, change programs or stay.",
            null,
            Fields.in(Form.POD, "securityContext.readOnlyRootFilesystem")
                    .and(Form.CONTAINER, "HostConfig.ReadonlyRootfs")
                    .and(Form.COMPOSE_SERVICE, "read_only"),
            List.of("CIS Docker 5.13", "NSA/CISA immutable file systems"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Require.onLinux(
                workload,
                "read-only root filesystems",
                findings,
                c -> Require.value(c, c.readOnlyRootFilesystem(), true, Require.Filling.OPTIONAL, findings));
    }
}
