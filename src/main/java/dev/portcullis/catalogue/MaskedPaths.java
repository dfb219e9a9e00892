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
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class MaskedPaths implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "masked-paths",
            1,
            Severity.HIGH,
            "/proc and /sys are masked as usual",
            "Runtimes hide the parts of /proc and /sys that tell about or steer the host; unmasked they are a way out.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "securityContext.procMount")
                    .and(Form.CONTAINER, "HostConfig.MaskedPaths, ReadonlyPaths")
                    .and(Form.COMPOSE_SERVICE, "security_opt systempaths"),
            List.of("PSS baseline", "PSS restricted"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (criteria.level() == Level.BASELINE && PodSecurityWaivers.userNamespace(workload, criteria)) {
            findings.pass(null);
            return;
        }
        for (Container container : workload.containers()) {
            for (Setting<Boolean> masked : container.kernelPathsMasked()) {
                judge(container, masked, findings);
            }
        }
    }

    private static void judge(Container container, Setting<Boolean> masked, Findings findings) {
        if (masked instanceof Setting.Inexpressible<Boolean> none) {
            findings.skip(container, none.why());
        } else if (masked instanceof Setting.Declared<Boolean> declared && !declared.value()) {
            findings.fail(container, declared, "remove it, so that the runtime's usual masks apply", null);
        } else {
            findings.pass(container);
        }
    }
}
