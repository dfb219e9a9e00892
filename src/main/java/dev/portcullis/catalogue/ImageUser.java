package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

/** A name other than root passes, as in CIS Docker 4.1; {@code run-as-non-root} is where a number is asked for. */
final class ImageUser implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "image-user",
            1,
            Severity.MEDIUM,
            "Images have a user of their own",
            "An image without a USER runs as root wherever nobody remembers to say otherwise.",
            null,
            Fields.in(Form.POD, "the USER of the image")
                    .and(Form.CONTAINER, "the USER of the image")
                    .and(Form.COMPOSE_SERVICE, "the USER of the image")
                    .and(Form.IMAGE, "Config.User, config.User"),
            List.of("CIS Docker 4.1"),
            List.of());

    private static final String REMEDY = "add USER with a number other than 0, such as 10001, to its Dockerfile";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Require.onLinux(workload, "users of Linux images", findings, container -> {
            if (workload.subject().form() == Form.IMAGE) {
                own(container, findings);
            } else {
                Images.ask(
                        workload, container, findings, (image, setting) -> named(container, image, setting, findings));
            }
        });
    }

    private static void own(Container image, Findings findings) {
        switch (image.runAsUser().own()) {
            case Setting.Absent<ContainerUser> none ->
                findings.fail(image, none.path(), null, "is not set, which means root", REMEDY, null);
            case Setting.Declared<ContainerUser> user
            when user.value().isRoot() -> findings.fail(image, user, REMEDY, null);
            default -> findings.pass(image);
        }
    }

    private static void named(
            Container container, ImageConfig image, Setting.Declared<String> setting, Findings findings) {
        if (Images.isRoot(image)) {
            String state = Images.named(setting) + ", whose own user is root"
                    + (image.user() == null ? " since it has no USER" : "");
            findings.fail(container, setting, state, REMEDY, null);
        } else {
            findings.pass(container);
        }
    }
}
