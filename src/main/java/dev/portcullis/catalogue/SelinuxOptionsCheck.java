package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.SelinuxOptions;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class SelinuxOptionsCheck implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "selinux-options",
            1,
            Severity.MEDIUM,
            "SELinux types are the container ones",
            "Another SELinux type, user or role, or none at all, takes away the label that keeps containers from the host's files.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "securityContext.seLinuxOptions")
                    .and(Form.CONTAINER, "HostConfig.SecurityOpt label")
                    .and(Form.COMPOSE_SERVICE, "security_opt"),
            List.of("PSS baseline", "CIS Docker 5.3", "NSA/CISA pod security enforcement"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (workload.podSecurity().selinuxOptions().isDeclared()) {
            judge(null, workload.podSecurity().selinuxOptions(), criteria, findings);
        }
        for (Container container : workload.containers()) {
            judge(container, container.selinuxOptions().own(), criteria, findings);
        }
    }

    private static void judge(
            @Nullable Container container, Setting<SelinuxOptions> setting, Criteria criteria, Findings findings) {
        if (setting instanceof Setting.Inexpressible<SelinuxOptions> none) {
            findings.skip(container, none.why());
            return;
        }
        if (!(setting instanceof Setting.Declared<SelinuxOptions> declared)) {
            findings.pass(container);
            return;
        }
        SelinuxOptions options = declared.value();
        List<String> wrong = new ArrayList<>(3);
        if (options.disabled()) {
            findings.fail(container, declared, "switches SELinux off", "remove it", null);
            return;
        }
        if (!isAllowed(options.type(), criteria)) {
            wrong.add("the type " + Words.value(options.type()));
        }
        if (!options.user().isEmpty()) {
            wrong.add("the user " + Words.value(options.user()));
        }
        if (!options.role().isEmpty()) {
            wrong.add("the role " + Words.value(options.role()));
        }
        if (wrong.isEmpty()) {
            findings.pass(container);
        } else {
            String remedy = "remove " + (wrong.size() == 1 ? "it" : "them") + " (allowed is the type container_t)";
            findings.fail(container, declared, "sets " + String.join(", ", wrong), remedy, null);
        }
    }

    private static boolean isAllowed(String type, Criteria criteria) {
        return switch (type) {
            case "", "container_t", "container_init_t", "container_kvm_t" -> true;
            case "container_engine_t" -> criteria.version().atLeast(31);
            default -> false;
        };
    }
}
