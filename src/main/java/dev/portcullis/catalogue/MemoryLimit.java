package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Workload;
import java.util.List;

final class MemoryLimit implements Check {
    private static final CheckInfo INFO = new CheckInfo(
            "memory-limit",
            1,
            Severity.MEDIUM,
            "Memory is limited",
            "Without a limit one container can take the memory of the node and have its neighbours killed.",
            null,
            "resources.limits.memory",
            "HostConfig.Memory",
            List.of("CIS Docker 5.11", "NSA/CISA pod security"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        ResourceLimit.judge(workload, Container::memoryLimit, "268435456 (256 MiB)", "256Mi", findings);
    }
}
