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
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class CgroupParent implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "cgroup-parent",
            1,
            Severity.MEDIUM,
            "The control group is below the engine's own",
            "Below another control group a container escapes the limits that the engine's own sets for all containers together.",
            null,
            Fields.in(Form.CONTAINER, "HostConfig.CgroupParent").and(Form.COMPOSE_SERVICE, "cgroup_parent"),
            List.of("CIS Docker 5.25"),
            List.of(new Parameter("allow", List.of(), "control groups that may be the parent, with * for any part")));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        List<String> allowed = criteria.parameters().strings("allow");
        for (Container container : workload.containers()) {
            Setting<String> parent = container.hostAccess().cgroupParent();
            if (parent instanceof Setting.Inexpressible<String> none) {
                findings.skip(container, none.why());
            } else if (parent instanceof Setting.Declared<String> declared
                    && !NamePattern.matchesPath(allowed, declared.value())) {
                findings.fail(container, declared, "remove it, so that the engine chooses", null);
            } else {
                findings.pass(container);
            }
        }
    }
}
