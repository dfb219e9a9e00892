package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class AppArmorProfile implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "apparmor-profile",
            1,
            Severity.HIGH,
            "AppArmor is not switched off",
            "Unconfined by AppArmor, a container may mount, trace and write where the default profile forbids it.",
            PodSecurityStandard.baseline(0),
            Fields.in(
                            Form.POD,
                            "securityContext.appArmorProfile and the annotations container.apparmor.security.beta.kubernetes.io/*")
                    .and(Form.CONTAINER, "HostConfig.SecurityOpt apparmor")
                    .and(Form.COMPOSE_SERVICE, "security_opt"),
            List.of("PSS baseline", "CIS Docker 5.2", "NSA/CISA pod security enforcement"),
            List.of(new Parameter(
                    "allow",
                    List.of("*"),
                    "names of Localhost profiles that may be used, with * for any part, in the hardened profile",
                    true)));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (workload.podSecurity().appArmorProfile() instanceof Setting.Declared<SecurityProfile> pod) {
            ProfileRules.judge(null, pod, criteria, false, findings);
        }
        for (Setting.Declared<SecurityProfile> annotation : workload.appArmorAnnotations()) {
            ProfileRules.judge(null, annotation, criteria, false, findings);
        }
        for (Container container : workload.containers()) {
            switch (container.appArmorProfile().own()) {
                case Setting.Declared<SecurityProfile> own ->
                    ProfileRules.judge(container, own, criteria, false, findings);
                case Setting.Inexpressible<SecurityProfile> none -> findings.skip(container, none.why());
                case Setting.Absent<SecurityProfile> absent -> findings.pass(container);
            }
        }
    }
}
