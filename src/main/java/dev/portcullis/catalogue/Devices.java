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

final class Devices implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "devices",
            1,
            Severity.HIGH,
            "No device of the host is given",
            "Through a device a container reaches the hardware behind it: a disk with all its files, memory, other people's input.",
            null,
            Fields.in(Form.POD, "none: device plugins and resource claims hand devices out")
                    .and(Form.CONTAINER, "HostConfig.Devices, DeviceCgroupRules, DeviceRequests")
                    .and(Form.COMPOSE_SERVICE, "devices, device_cgroup_rules, gpus"),
            List.of("CIS Docker 5.18"),
            List.of(new Parameter("allow", List.of(), "paths of devices that may be given, with * for any part")));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (workload.containers().getFirst().hostAccess().devices() instanceof Setting.Inexpressible<?> none) {
            // What a pod cannot say it cannot say for any of its containers.
            findings.skip(null, none.why());
            return;
        }
        List<String> allowed = criteria.parameters().strings("allow");
        for (Container container : workload.containers()) {
            Require.each(
                    container,
                    container.hostAccess().devices(),
                    device -> device.path() != null && NamePattern.matchesPath(allowed, device.path()),
                    device -> "opens " + device.value().opened(),
                    "remove it",
                    findings);
        }
    }
}
