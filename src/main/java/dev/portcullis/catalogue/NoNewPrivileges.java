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
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class NoNewPrivileges implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "no-new-privileges",
            1,
            Severity.HIGH,
            "Processes cannot gain privileges",
            "Without no_new_privs a setuid program in the image turns a foothold into root inside the container.",
            PodSecurityStandard.restricted(8),
            Fields.in(Form.POD, "securityContext.allowPrivilegeEscalation")
                    .and(Form.CONTAINER, "HostConfig.SecurityOpt no-new-privileges")
                    .and(Form.COMPOSE_SERVICE, "security_opt"),
            List.of("PSS restricted", "CIS Docker 5.26", "CIS Docker 2.14", "NSA/CISA pod security enforcement"),
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
        if (PodSecurityWaivers.windows(workload, criteria, "no_new_privs does", findings)) {
            return;
        }
        for (Container container : workload.containers()) {
            if (workload.windows()) {
                Require.value(container, container.noNewPrivileges(), true, Require.Filling.NEVER, findings);
            } else if (isAccepted(workload, container)) {
                Require.value(container, container.noNewPrivileges(), true, Require.Filling.SAFE, findings);
            } else {
                Require.valueOnce(
                        "the container is neither privileged nor adds SYS_ADMIN",
                        container,
                        container.noNewPrivileges(),
                        true,
                        findings);
            }
        }
    }

    /** The API server refuses allowPrivilegeEscalation: false beside privileged or CAP_SYS_ADMIN. */
    private static boolean isAccepted(Workload workload, Container container) {
        if (workload.platform() != Platform.KUBERNETES) {
            return true;
        }
        boolean administrator = container.capabilitiesAdded() instanceof Setting.Declared<List<String>> added
                && added.value().stream().anyMatch(name -> name.equals("SYS_ADMIN") || name.equals("CAP_SYS_ADMIN"));
        return !container.privileged().declares(true) && !administrator;
    }
}
