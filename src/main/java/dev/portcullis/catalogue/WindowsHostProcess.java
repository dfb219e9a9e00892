package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import java.util.List;

final class WindowsHostProcess implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "windows-host-process",
            1,
            Severity.CRITICAL,
            "No Windows host process",
            "A Windows host process container runs on the node itself, with its users and files.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "securityContext.windowsOptions.hostProcess"),
            List.of("PSS baseline"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (workload.podSecurity().windowsHostProcess().declares(true)) {
            Require.value(null, workload.podSecurity().windowsHostProcess(), false, Require.Filling.NEVER, findings);
        }
        for (Container container : workload.containers()) {
            Require.value(container, container.windowsHostProcess().own(), false, Require.Filling.NEVER, findings);
        }
    }
}
