package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageReference;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Optional;

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
                    String state = "is " + Words.value(setting.value()) + " without a digest";
                    digest(image, workload)
                            .map(digest -> new Edit.Set(setting.path(), setting.value() + "@" + digest))
                            .ifPresentOrElse(
                                    edit -> findings.fail(
                                            container, setting, state, Words.remedy(edit), Fix.optional(edit)),
                                    () -> findings.fail(container, setting, state, byHand(image), null));
                } else {
                    findings.pass(container);
                }
            });
        }
    }

    /** Nothing where an engine might take the name for an identifier: the image with the digest could be another one. */
    private static Optional<String> digest(ImageReference image, Workload workload) {
        return image.mayBeIdentifier() ? Optional.empty() : workload.digests().digestOf(image);
    }

    private static String byHand(ImageReference image) {
        return "name it by digest: " + Words.value(image.name() + "@sha256:…");
    }
}
