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

final class NetworkIsolation implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "network-isolation",
            1,
            Severity.MEDIUM,
            "Other workloads cannot reach it unasked",
            "On an open network one container taken over can attack every other.",
            null,
            Fields.in(Form.POD, "a NetworkPolicy of its namespace, which scans look for")
                    .and(Form.CONTAINER, "HostConfig.NetworkMode none; else the network that it names")
                    .and(Form.COMPOSE_SERVICE, "network_mode none; else its networks"),
            List.of("docker-bench 2.2", "NSA/CISA network separation"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Require.value(null, workload.networkIsolated(), true, Require.Filling.NEVER, findings);
    }
}
