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

final class WritableCgroups implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "writable-cgroups",
            1,
            Severity.HIGH,
            "Control groups are not writable",
            "Who can write to control groups can lift the limits that hold the container, and on old kernels leave it.",
            null,
            Fields.in(Form.CONTAINER, "HostConfig.SecurityOpt writable-cgroups")
                    .and(Form.COMPOSE_SERVICE, "security_opt"),
            List.of(),
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
        workload.containers()
                .forEach(c -> Require.value(
                        c, c.hostAccess().cgroupsReadOnly(), true, Require.Filling.OVERWRITING, findings));
    }
}
