package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Workload;
import java.util.List;

final class CpuLimit implements Check {
    private static final CheckInfo INFO = new CheckInfo(
            "cpu-limit",
            1,
            Severity.MEDIUM,
            "CPU is limited",
            "Without a limit one container can starve the others on the node.",
            null,
            "resources.limits.cpu",
            "HostConfig.NanoCpus, CpuQuota",
            List.of("CIS Docker 5.12", "NSA/CISA pod security"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        ResourceLimit.judge(workload, Container::cpuLimit, "500000000 (half a CPU)", "500m", findings);
    }
}
