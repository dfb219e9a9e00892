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
import java.util.List;

final class MemoryLimit implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "memory-limit",
            1,
            Severity.MEDIUM,
            "Memory is limited",
            "Without a limit one container can take the memory of the node and have its neighbours killed.",
            null,
            Fields.in(Form.POD, "resources.limits.memory")
                    .and(Form.CONTAINER, "HostConfig.Memory")
                    .and(Form.COMPOSE_SERVICE, "mem_limit, deploy.resources.limits.memory"),
            List.of("CIS Docker 5.11", "NSA/CISA resource policies"),
            List.of(new Parameter("default", 268_435_456L, "the limit that its fix writes, in bytes")));

    private static final long MEBIBYTE = 1L << 20;

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
        long bytes = criteria.parameters().number("default");
        ResourceLimit.judge(workload, Container::memoryLimit, bytes, MemoryLimit::meaning, findings);
    }

    private static String meaning(long bytes) {
        return bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + " MiB" : "in bytes";
    }
}
