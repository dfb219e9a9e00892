package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Workload;
import java.util.List;

final class ReadOnlyRootFilesystem implements Check {
    private static final CheckInfo INFO = new CheckInfo(
            "read-only-root-filesystem",
            1,
            Severity.MEDIUM,
            "The root filesystem is read-only",
            "An attacker who cannot write cannot drop tools, change programs or stay.",
            null,
            "securityContext.readOnlyRootFilesystem",
            "HostConfig.ReadonlyRootfs",
            List.of("CIS Docker 5.13", "NSA/CISA pod security"),
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
