package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import java.util.List;

final class Privileged implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "privileged",
            1,
            Severity.CRITICAL,
            "Containers are not privileged",
            "A privileged container has every capability, every device and no seccomp or AppArmor profile: it is root on"
                    + " the host.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "securityContext.privileged")
                    .and(Form.CONTAINER, "HostConfig.Privileged")
                    .and(Form.COMPOSE_SERVICE, "privileged"),
            List.of("PSS baseline", "CIS Docker 5.5", "NSA/CISA pod security enforcement"),
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
                .forEach(c -> Require.value(c, c.privileged(), false, Require.Filling.OVERWRITING, findings));
    }
}
