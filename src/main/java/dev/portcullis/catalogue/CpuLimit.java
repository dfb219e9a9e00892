package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import java.util.List;

final class CpuLimit implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "cpu-limit",
            1,
            Severity.MEDIUM,
            "CPU is limited",
            "Without a limit one container can starve the others on the node.",
            null,
            Fields.in(Form.POD, "resources.limits.cpu")
                    .and(Form.CONTAINER, "HostConfig.NanoCpus, CpuQuota")
                    .and(Form.COMPOSE_SERVICE, "cpus, cpu_quota, deploy.resources.limits.cpus"),
            List.of("CIS Docker 5.12", "NSA/CISA pod security"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        ResourceLimit.judge(workload, Container::cpuLimit, "500000000 (half a CPU)", "0.5", "500m", findings);
    }
}
