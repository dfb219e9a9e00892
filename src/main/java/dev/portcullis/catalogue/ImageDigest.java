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
import dev.portcullis.workload.Workload;
import java.util.List;

final class ImageDigest implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "image-digest",
            1,
            Severity.LOW,
            "Images are named by digest",
            "A tag can be moved to another image; a digest is the image.",
            null,
            Fields.in(Form.POD, "image").and(Form.CONTAINER, "Image").and(Form.COMPOSE_SERVICE, "image"),
            List.of("CIS Docker 5.28", "CIS Docker 4.5"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        for (Container container : workload.containers()) {
            ImageRules.judge(container, findings, (image, setting) -> {
                if (image.digest() == null) {
                    findings.fail(
                            container,
                            setting,
                            "is " + Words.value(setting.value()) + " without a digest",
                            "name it by digest: " + Words.value(image.name() + "@sha256:…"),
                            null);
                } else {
                    findings.pass(container);
                }
            });
        }
    }
}
