package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class CapabilitiesDropped implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "capabilities-dropped",
            1,
            Severity.MEDIUM,
            "All capabilities are dropped",
            "Runtimes grant some fourteen capabilities that hardly any workload needs, NET_RAW and MKNOD among them.",
            PodSecurityStandard.restricted(22),
            Fields.in(Form.POD, "securityContext.capabilities.drop")
                    .and(Form.CONTAINER, "HostConfig.CapDrop")
                    .and(Form.COMPOSE_SERVICE, "cap_drop"),
            List.of("PSS restricted", "CIS Docker 5.4"),
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
        if (PodSecurityWaivers.windows(workload, criteria, "capabilities do", findings)) {
            return;
        }
        for (Container container : workload.containers()) {
            switch (container.capabilitiesDropped()) {
                case Setting.Declared<List<String>> dropped
                when dropped.value().contains("ALL") -> findings.pass(container);
                case Setting.Declared<List<String>> dropped ->
                    findings.fail(
                            container,
                            dropped,
                            "is " + Words.value(dropped.raw()) + " without \"ALL\"",
                            "add \"ALL\"",
                            Fix.overwriting(new Edit.Append(dropped.path(), "ALL")));
                case Setting.Absent<List<String>> absent -> {
                    Edit edit = absent.edit(List.of("ALL"));
                    findings.missing(container, absent, Words.remedy(edit), Fix.optional(edit));
                }
                case Setting.Inexpressible<List<String>> none -> findings.skip(container, none.why());
            }
        }
    }
}
