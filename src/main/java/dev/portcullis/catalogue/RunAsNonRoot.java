package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Optional;

final class RunAsNonRoot implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "run-as-non-root",
            1,
            Severity.HIGH,
            "Containers must not run as root",
            "Root inside is root outside for everything the container can reach: a mounted file, a kernel bug, a leaked descriptor.",
            PodSecurityStandard.restricted(0),
            Fields.in(Form.POD, "securityContext.runAsNonRoot")
                    .and(Form.CONTAINER, "User")
                    .and(Form.COMPOSE_SERVICE, "user"),
            List.of("PSS restricted", "CIS Docker 4.1", "NSA/CISA non-root containers"),
            List.of());

    private static final ContainerUser SUGGESTED = new ContainerUser(10001L, null);

    private static final String REMEDY = "set a numeric user other than 0, such as 10001";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (PodSecurityWaivers.userNamespace(workload, criteria)) {
            findings.pass(null);
            return;
        }
        if (workload.podSecurity().runAsNonRoot() instanceof Setting.Declared<Boolean> pod && !pod.value()) {
            findings.fail(null, pod, "set it to true", null);
        }
        for (Container container : workload.containers()) {
            switch (container.runAsNonRoot().own()) {
                case Setting.Declared<Boolean> own when own.value() -> findings.pass(container);
                case Setting.Declared<Boolean> own -> findings.fail(container, own, "set it to true", null);
                case Setting.Absent<Boolean> own -> inherited(container, own, Images.of(workload, container), findings);
                case Setting.Inexpressible<Boolean> own -> byUser(container, Images.of(workload, container), findings);
            }
        }
    }

    private static void inherited(
            Container container, Setting.Absent<Boolean> own, Optional<ImageConfig> image, Findings findings) {
        if (container.runAsNonRoot().pod().isDeclared()) {
            findings.pass(container);
            return;
        }
        ContainerUser user = container.runAsUser().inForce().effective();
        Edit edit = own.edit(true);
        Fix fix;
        if (user != null) {
            fix = user.isNonRoot() ? Fix.safe(edit) : null;
        } else {
            fix = image.map(known -> fix(known, edit))
                    .orElse(Optional.of(Fix.optional(edit)))
                    .orElse(null);
        }
        String remedy = Words.remedy(edit) + (fix == null ? ", and the user to one other than 0" : "");
        findings.missing(container, own, remedy, fix);
    }

    /** Where the image's user is root or a name, the kubelet would not start it under the flag alone. */
    private static Optional<Fix> fix(ImageConfig image, Edit edit) {
        return Images.isNumberOtherThanRoot(image) ? Optional.of(Fix.safe(edit)) : Optional.empty();
    }

    /** Where the platform has no such flag, the user itself must be known not to be root. */
    private static void byUser(Container container, Optional<ImageConfig> image, Findings findings) {
        switch (container.runAsUser().own()) {
            case Setting.Declared<ContainerUser> user when user.value().isNonRoot() -> findings.pass(container);
            case Setting.Declared<ContainerUser> user
            when user.value().isRoot() -> findings.fail(container, user, REMEDY, null);
            case Setting.Declared<ContainerUser> user ->
                findings.fail(
                        container,
                        user,
                        "is " + Words.value(user.raw()) + ", a name that the image may give to root",
                        REMEDY,
                        null);
            case Setting.Absent<ContainerUser> user
            when image.isPresent() && Images.isNumberOtherThanRoot(image.get()) -> findings.pass(container);
            case Setting.Absent<ContainerUser> user ->
                findings.fail(
                        container,
                        user.path(),
                        null,
                        "is not set, and the image's own user is " + imagesUser(user, image),
                        REMEDY,
                        Fix.optional(user.edit(SUGGESTED)));
            case Setting.Inexpressible<ContainerUser> user -> findings.skip(container, user.why());
        }
    }

    private static String imagesUser(Setting.Absent<ContainerUser> user, Optional<ImageConfig> image) {
        if (user.otherwise() != null && user.otherwise().isRoot()) {
            return "root";
        }
        if (image.isEmpty()) {
            return "root unless it says otherwise";
        }
        return Images.isRoot(image.get())
                ? "root"
                : Words.value(String.valueOf(Images.user(image.get()))) + ", a name that it may give to root";
    }
}
