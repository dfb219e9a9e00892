package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Level;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class RunAsUser implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "run-as-user",
            1,
            Severity.HIGH,
            "No container asks for user 0",
            "A user id of 0 is root whatever the image says.",
            PodSecurityStandard.restricted(23),
            Fields.in(Form.POD, "securityContext.runAsUser")
                    .and(Form.CONTAINER, "User")
                    .and(Form.COMPOSE_SERVICE, "user"),
            List.of("PSS restricted", "CIS Docker 4.1", "NSA/CISA non-root containers"),
            List.of());

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
        if (isRoot(workload.podSecurity().runAsUser())) {
            judge(null, workload.podSecurity().runAsUser(), findings);
        }
        for (Container container : workload.containers()) {
            if (criteria.level() == Level.HARDENED
                    && workload.platform() == Platform.DOCKER
                    && container.runAsUser().own() instanceof Setting.Absent<ContainerUser> absent
                    && isRootByImage(absent, Images.of(workload, container))) {
                String state = "is not set, and the image's own user is root";
                findings.fail(container, absent.path(), null, state, "set a user other than 0, such as 10001", null);
            } else {
                judge(container, container.runAsUser().own(), findings);
            }
        }
    }

    private static boolean isRootByImage(Setting.Absent<ContainerUser> absent, Optional<ImageConfig> image) {
        boolean said = absent.otherwise() != null && absent.otherwise().isRoot();
        return said || (image.isPresent() && Images.isRoot(image.get()));
    }

    private static void judge(@Nullable Container container, Setting<ContainerUser> setting, Findings findings) {
        if (setting instanceof Setting.Inexpressible<ContainerUser> none) {
            findings.skip(container, none.why());
        } else if (setting instanceof Setting.Declared<ContainerUser> user
                && user.value().isRoot()) {
            findings.fail(container, user, "remove it or set a user other than 0, such as 10001", null);
        } else {
            findings.pass(container);
        }
    }

    private static boolean isRoot(Setting<ContainerUser> setting) {
        return setting instanceof Setting.Declared<ContainerUser> user
                && user.value().isRoot();
    }
}
