package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class LogDriver implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "log-driver",
            1,
            Severity.MEDIUM,
            "Output is logged",
            "Without a log nobody can tell afterwards what a container did, or what was done to it.",
            null,
            Fields.in(Form.CONTAINER, "HostConfig.LogConfig.Type").and(Form.COMPOSE_SERVICE, "logging.driver"),
            List.of("CIS Docker 2.13"),
            List.of());

    private static final String NONE = "none";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        for (Container container : workload.containers()) {
            if (container.conduct().logDriver() instanceof Setting.Absent<String>) {
                findings.skip(container, "the engine's own log driver applies, which a scan of the engine looks at");
            } else if (container.conduct().logDriver() instanceof Setting.Inexpressible<String> none) {
                findings.skip(container, none.why());
            } else if (container.conduct().logDriver() instanceof Setting.Declared<String> driver
                    && driver.value().equals(NONE)) {
                findings.fail(container, driver, "remove it, or name a driver that keeps the output", null);
            } else {
                findings.pass(container);
            }
        }
    }
}
