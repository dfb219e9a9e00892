package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Level;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Scoped;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class SeccompProfile implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "seccomp-profile",
            2,
            Severity.HIGH,
            "A seccomp profile is in force",
            "Without seccomp a container can make every system call, the rare ones where kernel bugs live among them.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "securityContext.seccompProfile")
                    .and(Form.CONTAINER, "HostConfig.SecurityOpt seccomp")
                    .and(Form.COMPOSE_SERVICE, "security_opt"),
            List.of(
                    "PSS baseline",
                    "PSS restricted",
                    "CIS Docker 5.22",
                    "CIS Docker 2.17",
                    "NSA/CISA pod security enforcement"),
            List.of(
                    new Parameter(
                            "allow",
                            List.of("*"),
                            "names of Localhost profiles that may be used, with * for any part, in the hardened profile",
                            true),
                    new Parameter(
                            ProfileRules.ALLOW_INLINE,
                            List.of(ProfileRules.STRICTER),
                            "sha256 digests of profiles that may be sent inline with a request to Docker; stricter for those"
                                    + " that let nothing through that the runtime's default does not")));

    /** Before this minor version Kubernetes took seccomp profiles from annotations. */
    private static final int FIELD_SINCE = 19;

    private static final String OLD_REMEDY = "set it to \"runtime/default\"";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (isByAnnotation(workload, criteria)) {
            Require.each(
                    null,
                    annotations(workload),
                    ProfileRules::isStandard,
                    item -> "is " + Words.value(item.raw()),
                    OLD_REMEDY,
                    findings);
            return;
        }
        boolean required = criteria.level() != Level.BASELINE;
        if (required && PodSecurityWaivers.windows(workload, criteria, "seccomp does", findings)) {
            return;
        }
        Setting<SecurityProfile> pod = workload.podSecurity().seccompProfile();
        if (pod.isDeclared()) {
            judge(null, pod, required, workload.windows(), criteria, findings);
        }
        for (Container container : workload.containers()) {
            Scoped<SecurityProfile> profile = container.seccompProfile();
            boolean inherits = !profile.own().isDeclared() && profile.pod().isDeclared();
            if (inherits) {
                findings.pass(container);
            } else {
                judge(container, profile.own(), required, workload.windows(), criteria, findings);
            }
        }
    }

    private static boolean isByAnnotation(Workload workload, Criteria criteria) {
        return workload.platform() == Platform.KUBERNETES
                && criteria.level() != Level.HARDENED
                && !criteria.version().atLeast(FIELD_SINCE);
    }

    private static Setting<List<Setting.Declared<SecurityProfile>>> annotations(Workload workload) {
        return new Setting.Declared<>(workload.seccompAnnotations(), FieldPath.ROOT);
    }

    private static void judge(
            @Nullable Container container,
            Setting<SecurityProfile> setting,
            boolean required,
            boolean windows,
            Criteria criteria,
            Findings findings) {
        switch (setting) {
            case Setting.Declared<SecurityProfile> profile ->
                ProfileRules.judge(container, profile, criteria, !windows, findings);
            case Setting.Absent<SecurityProfile> absent
            when required && absent.otherwise() == null -> {
                Edit edit = absent.edit(SecurityProfile.RUNTIME_DEFAULT);
                // The API server takes no seccomp profile on a pod that says it is for Windows.
                findings.missing(container, absent, Words.remedy(edit), windows ? null : Fix.safe(edit));
            }
            case Setting.Inexpressible<SecurityProfile> none -> findings.skip(container, none.why());
            default -> findings.pass(container);
        }
    }
}
