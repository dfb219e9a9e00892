package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import java.math.BigDecimal;
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
            List.of("CIS Docker 5.12", "NSA/CISA resource policies"),
            List.of(new Parameter("default", 500L, "the limit that its fix writes, in thousandths of a CPU")));

    private static final long HALF = 500;

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
        long thousandths = criteria.parameters().number("default");
        ResourceLimit.judge(workload, Container::cpuLimit, thousandths, number -> meaning(thousandths), findings);
    }

    private static String meaning(long thousandths) {
        return thousandths == HALF
                ? "half a CPU"
                : BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString() + " CPUs";
    }
}
