package dev.portcullis.catalogue;

import dev.portcullis.check.ActCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class NetworkIsolation implements WorkloadCheck, ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "network-isolation",
            1,
            Severity.MEDIUM,
            "Other workloads cannot reach it unasked",
            "On an open network one container taken over can attack every other.",
            null,
            Fields.in(Form.POD, "a NetworkPolicy of its namespace, which scans look for")
                    .and(Form.CONTAINER, "HostConfig.NetworkMode none; else the network that it names")
                    .and(Form.COMPOSE_SERVICE, "network_mode none; else its networks")
                    .and(Form.ENGINE_REQUEST, "Options of POST /networks/create"),
            List.of("CIS Docker 2.2", "NSA/CISA network policies"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (workload.networkIsolated() instanceof Setting.Inexpressible<Boolean> none && none.observed() != null) {
            if (none.observed().value()) {
                findings.pass(null);
            } else {
                findings.fail(
                        none.observed().state(),
                        "add a NetworkPolicy that denies by default and allows what has to reach it");
            }
            return;
        }
        Require.value(null, workload.networkIsolated(), true, Require.Filling.NEVER, findings);
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        if (act.deed() instanceof Deed.NetworkCreate network) {
            Require.value(null, network.isolated(), true, Require.Filling.NEVER, findings);
        }
    }
}
