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

final class ImageTag implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "image-tag",
            1,
            Severity.LOW,
            "Images are named with a version",
            "What latest means changes without notice: nobody can say what runs, or go back.",
            null,
            Fields.in(Form.POD, "image").and(Form.CONTAINER, "Image").and(Form.COMPOSE_SERVICE, "image"),
            List.of("CIS Docker 5.28"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        for (Container container : workload.containers()) {
            ImageRules.judge(container, findings, (image, setting) -> {
                if (image.digest() == null
                        && (image.tag() == null || image.tag().equals("latest"))) {
                    String state = image.tag() == null ? "without a tag, which means latest" : "with the tag latest";
                    findings.fail(
                            container,
                            setting,
                            "is " + Words.value(setting.value()) + " " + state,
                            "name a version or a digest",
                            null);
                } else {
                    findings.pass(container);
                }
            });
        }
    }
}
