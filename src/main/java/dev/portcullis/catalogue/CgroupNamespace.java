package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class CgroupNamespace implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "cgroup-namespace",
            1,
            Severity.MEDIUM,
            "The host's cgroup namespace is not shared",
            "In the host's cgroup namespace a container sees the control groups of the host and of its neighbours, not its own alone.",
            null,
            Fields.in(Form.CONTAINER, "HostConfig.CgroupnsMode").and(Form.COMPOSE_SERVICE, "cgroup"),
            List.of(),
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
        Setting<NamespaceSharing> namespace = workload.cgroupNamespace();
        if (namespace instanceof Setting.Absent<NamespaceSharing> absent && absent.otherwise() == null) {
            Edit edit = absent.edit(NamespaceSharing.PRIVATE);
            findings.fail(
                    null,
                    absent.path(),
                    null,
                    "is not set, and on cgroup v1 the engine's own default is the host's",
                    Words.remedy(edit),
                    Fix.optional(edit));
        } else {
            Require.value(null, namespace, NamespaceSharing.PRIVATE, Require.Filling.OPTIONAL, findings);
        }
    }
}
