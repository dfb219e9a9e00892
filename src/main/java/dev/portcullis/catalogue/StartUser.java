package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

/** The kubelet's {@code verifyRunAsNonRoot}, as far as images decide it. */
final class StartUser implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "start-user",
            1,
            Severity.LOW,
            "The kubelet can tell that the user is not root",
            "Under runAsNonRoot the kubelet starts no container whose user is root, or a name: it does not look into images.",
            null,
            Fields.in(Form.POD, "securityContext.runAsNonRoot, securityContext.runAsUser and the USER of the image"),
            List.of(),
            List.of(),
            true);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Require.onLinux(workload, "the kubelet's rules for root", findings, container -> {
            boolean nonRoot =
                    Boolean.TRUE.equals(container.runAsNonRoot().inForce().effective());
            if (nonRoot && container.runAsUser().inForce() instanceof Setting.Absent<ContainerUser> user) {
                Images.ask(workload, container, findings, (image, name) -> judge(container, user, image, findings));
            } else {
                findings.pass(container);
            }
        });
    }

    private static void judge(
            Container container, Setting.Absent<ContainerUser> user, ImageConfig image, Findings findings) {
        if (Images.isNumberOtherThanRoot(image)) {
            findings.pass(container);
            return;
        }
        String said = Images.user(image);
        boolean root = Images.isRoot(image);
        String state = said == null
                ? "is not set, and the image has no USER, which means root"
                : "is not set, and the image's USER is " + Words.value(said)
                        + (root ? "" : ", a name that may be root's");
        String remedy = root ? "set it to a number other than 0, such as 10001" : "set it to that user's number";
        findings.fail(
                container,
                user.path(),
                null,
                state + ": runAsNonRoot keeps the kubelet from starting it",
                remedy,
                null);
    }
}
