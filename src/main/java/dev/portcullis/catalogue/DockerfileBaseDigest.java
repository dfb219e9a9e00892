package dev.portcullis.catalogue;

import dev.portcullis.check.BuildCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.workload.BuildStage;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageBuild;
import dev.portcullis.workload.ImageReference;
import dev.portcullis.workload.Setting;
import java.util.List;

final class DockerfileBaseDigest implements BuildCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "dockerfile-base-digest",
            1,
            Severity.MEDIUM,
            "Images that are built on are named by digest",
            "A tag can be moved to another image: the next build may take in what nobody has looked at.",
            null,
            Fields.in(Form.DOCKERFILE, "FROM, COPY --from, RUN --mount=from"),
            List.of("CIS Docker 4.2", "Snyk image practice 6"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(ImageBuild build, Criteria criteria, Findings findings) {
        boolean clean = true;
        for (BuildStage stage : build.stages()) {
            if (stage.base() == null && !stage.isFromScratch()) {
                clean &= judge(stage.path(), stage.image(), findings);
            }
        }
        for (BuildStep.OtherImage other : build.every(BuildStep.OtherImage.class)) {
            clean &= judge(other.path(), other.image(), findings);
        }
        if (clean) {
            findings.pass(null);
        }
    }

    /** Whether there is nothing to tell. */
    private static boolean judge(FieldPath path, Setting<String> setting, Findings findings) {
        if (!(setting instanceof Setting.Declared<String> declared)) {
            findings.skip(null, path, ((Setting.Inexpressible<String>) setting).why());
            return false;
        }
        ImageReference image = ImageReference.parse(declared.value()).orElse(null);
        String written = "is " + Words.value(declared.value());
        if (image == null) {
            findings.fail(
                    null,
                    declared,
                    written + ", which is no valid image name",
                    "write it as registry/name:version@sha256:digest",
                    null);
        } else if (image.digest() == null) {
            String tag = image.tag() == null ? "latest" : image.tag();
            String state = image.tag() == null
                    ? written + " without a version, which means latest, and without a digest"
                    : written + (tag.equals("latest") ? ", the tag that changes most often," : "")
                            + " without a digest";
            String version = tag.equals("latest") ? "VERSION" : tag;
            findings.fail(
                    null,
                    declared,
                    state,
                    "name it by digest: " + Words.value(image.name() + ":" + version + "@sha256:…"),
                    null);
        } else {
            return true;
        }
        return false;
    }
}
