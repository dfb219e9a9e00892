package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class MountPropagation implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "mount-propagation",
            1,
            Severity.HIGH,
            "Mounts do not propagate",
            "With shared propagation a mount made in the container appears on the host, and one made on the host in the container.",
            null,
            Fields.in(Form.POD, "volumeMounts[*].mountPropagation")
                    .and(Form.CONTAINER, "HostConfig.Binds, Mounts[*].BindOptions.Propagation")
                    .and(Form.COMPOSE_SERVICE, "volumes[*].bind.propagation"),
            List.of("CIS Docker 5.20"),
            List.of());

    private static final List<String> PRIVATE = List.of("None", "private", "rprivate", "");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    /** Whether no mount spreads through this one. */
    static boolean isPrivate(Mount mount) {
        return !(mount.propagation() instanceof Setting.Declared<String> declared)
                || PRIVATE.contains(declared.value());
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        for (Container container : workload.containers()) {
            boolean clean = true;
            for (Mount mount : container.mounts()) {
                if (mount.propagation() instanceof Setting.Inexpressible<String> unknown) {
                    clean = false;
                    findings.skip(container, unknown.why());
                }
                if (mount.propagation() instanceof Setting.Declared<String> declared && !isPrivate(mount)) {
                    clean = false;
                    String spread = Words.value(declared.value());
                    findings.fail(
                            container,
                            declared,
                            "spreads mounts by " + spread,
                            "remove " + spread + ", so that they stay apart",
                            null);
                }
            }
            if (clean) {
                findings.pass(container);
            }
        }
    }
}
