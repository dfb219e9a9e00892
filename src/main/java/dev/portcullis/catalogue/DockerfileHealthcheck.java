package dev.portcullis.catalogue;

import dev.portcullis.check.BuildCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageBuild;
import java.util.List;

final class DockerfileHealthcheck implements BuildCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "dockerfile-healthcheck",
            1,
            Severity.LOW,
            "An image says how to find out whether it is well",
            "Without a health check a container that hangs counts as running, and nobody restarts it.",
            null,
            Fields.in(Form.DOCKERFILE, "HEALTHCHECK"),
            List.of("CIS Docker 4.6"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(ImageBuild build, Criteria criteria, Findings findings) {
        BuildStep.Health last = build.last(BuildStep.Health.class).orElse(null);
        if (last == null) {
            findings.fail(
                    null,
                    build.image().path().as("HEALTHCHECK"),
                    null,
                    "is not set",
                    "add one, such as HEALTHCHECK CMD [\"/app\", \"health\"]",
                    null);
        } else if (!last.enabled()) {
            findings.fail(
                    null,
                    last.path(),
                    "NONE",
                    "is NONE",
                    "name a command, such as HEALTHCHECK CMD [\"/app\", \"health\"]",
                    null);
        } else {
            findings.pass(null);
        }
    }
}
