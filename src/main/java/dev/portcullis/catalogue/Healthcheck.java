package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Optional;

final class Healthcheck implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "healthcheck",
            1,
            Severity.LOW,
            "Something tells whether it still works",
            "A process that runs and answers nobody looks healthy until somebody asks it.",
            null,
            Fields.in(Form.POD, "livenessProbe, readinessProbe")
                    .and(Form.CONTAINER, "Healthcheck; else the HEALTHCHECK of the image")
                    .and(Form.COMPOSE_SERVICE, "healthcheck; else the HEALTHCHECK of the image")
                    .and(Form.IMAGE, "Config.Healthcheck, config.Healthcheck"),
            List.of("CIS Docker 5.27", "CIS Docker 4.6"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        for (Container container : workload.containers()) {
            switch (container.conduct().healthcheck()) {
                case Setting.Inexpressible<Boolean> none -> findings.skip(container, none.why());
                case Setting.Declared<Boolean> said when said.value() -> findings.pass(container);
                case Setting.Declared<Boolean> off ->
                    findings.fail(
                            container,
                            off,
                            "switches the health check off",
                            "remove that, and name a command that tells whether the container still works",
                            null);
                case Setting.Absent<Boolean> absent -> unsaid(workload, container, absent, findings);
            }
        }
    }

    private static void unsaid(
            Workload workload, Container container, Setting.Absent<Boolean> absent, Findings findings) {
        if (absent.otherwise() != null) {
            findings.missing(container, absent, remedy(workload), null);
            return;
        }
        Optional<ImageConfig> image = Images.of(workload, container);
        if (image.isEmpty()) {
            Images.skip(container, findings);
        } else if (image.get().healthcheck()) {
            findings.pass(container);
        } else {
            String state = "is not set, and the image has no HEALTHCHECK";
            findings.fail(container, absent.path(), null, state, remedy(workload), null);
        }
    }

    private static String remedy(Workload workload) {
        if (workload.platform() == Platform.KUBERNETES) {
            return "add a livenessProbe or a readinessProbe";
        }
        return workload.subject().form() == Form.IMAGE
                ? "add HEALTHCHECK to its Dockerfile"
                : "set it to a command that tells whether the container still works";
    }
}
