package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageReference;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class ImageRegistry implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "image-registry",
            1,
            Severity.MEDIUM,
            "Images come from trusted registries",
            "An image from anywhere is code from anybody: nobody has scanned, signed or even looked at it.",
            null,
            Fields.in(Form.POD, "image").and(Form.CONTAINER, "Image").and(Form.COMPOSE_SERVICE, "image"),
            List.of("CIS Docker 4.2"),
            List.of(
                    new Parameter(
                            "allow",
                            List.of(),
                            "full names of images that may be used, with * for any part, such as registry.example.com/* or docker.io/library/*")));

    private static final String UNASKED =
            "no policy says which registries are trusted: name them in the parameter allow of image-registry";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        List<String> allowed = criteria.parameters().strings("allow");
        if (allowed.isEmpty()) {
            findings.skip(null, UNASKED);
            return;
        }
        // A kubelet adds a tag before it looks, an engine also looks for the beginning of an identifier.
        boolean byPrefix = workload.platform() == Platform.DOCKER;
        for (Container container : workload.containers()) {
            ImageRules.judge(
                    container,
                    findings,
                    (image, setting) -> judge(container, image, setting, allowed, byPrefix, findings));
        }
    }

    private static void judge(
            Container container,
            ImageReference image,
            Setting.Declared<String> setting,
            List<String> allowed,
            boolean byPrefix,
            Findings findings) {
        if (image.isIdentifier() || (byPrefix && image.mayBeIdentifier())) {
            String state = "is " + Words.value(setting.value())
                    + (image.isIdentifier()
                            ? ", an image's identifier"
                            : ", which may be the beginning of an image's identifier");
            findings.fail(
                    container, setting, state, "name the image with its registry: registry/repository:version", null);
        } else if (allowed.stream().anyMatch(pattern -> matches(pattern, image))) {
            findings.pass(container);
        } else {
            String full = image.registry() + "/" + image.repository();
            String state = setting.value().startsWith(full)
                    ? "is " + Words.value(setting.value()) + ", which the policy does not allow"
                    : "is " + Words.value(setting.value()) + ", which means " + Words.value(full)
                            + " and is not allowed by the policy";
            findings.fail(container, setting, state, "use an image of " + String.join(", ", allowed), null);
        }
    }

    /** Registry and repository each for themselves: a star for a part of the registry must not reach into the repository. */
    private static boolean matches(String pattern, ImageReference image) {
        int slash = pattern.indexOf('/');
        return slash < 0
                ? NamePattern.matches(pattern, image.registry())
                : NamePattern.matches(pattern.substring(0, slash), image.registry())
                        && NamePattern.matches(pattern.substring(slash + 1), image.repository());
    }
}
