package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Findings;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Workload;
import java.util.List;

final class WindowsHostProcess implements Check {
    private static final CheckInfo INFO = new CheckInfo(
            "windows-host-process",
            1,
            Severity.CRITICAL,
            "No Windows host process",
            "A Windows host process container runs on the node itself, with its users and files.",
            PodSecurityStandard.baseline(0),
            "securityContext.windowsOptions.hostProcess",
            null,
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
