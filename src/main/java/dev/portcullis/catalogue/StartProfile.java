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
import dev.portcullis.workload.NodeProfiles;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Scoped;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class StartProfile implements WorkloadCheck {
    private static final String KNOWN = "known";

    private static final CheckInfo INFO = new CheckInfo(
            "start-profile",
            1,
            Severity.LOW,
            "Profiles of the node are there",
            "A container whose seccomp or AppArmor profile is not on the node where it lands does not start there.",
            null,
            Fields.in(
                            Form.POD,
                            "securityContext.seccompProfile.localhostProfile, securityContext.appArmorProfile.localhostProfile and their annotations")
                    .and(Form.CONTAINER, "HostConfig.SecurityOpt apparmor")
                    .and(Form.COMPOSE_SERVICE, "security_opt"),
            List.of(),
            List.of(new Parameter(
                    KNOWN, List.of(), "names of profiles that are on every node or host, with * for any part")),
            true);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        judge(null, NodeProfiles.Kind.SECCOMP, workload.podSecurity().seccompProfile(), workload, criteria, findings);
        judge(null, NodeProfiles.Kind.APPARMOR, workload.podSecurity().appArmorProfile(), workload, criteria, findings);
        for (Setting<SecurityProfile> annotation : workload.appArmorAnnotations()) {
            judge(null, NodeProfiles.Kind.APPARMOR, annotation, workload, criteria, findings);
        }
        for (Container container : workload.containers()) {
            boolean fits = fits(workload, container, findings);
            boolean seccomp = judgeOwn(
                    container,
                    NodeProfiles.Kind.SECCOMP,
                    container.seccompProfile().own(),
                    workload,
                    criteria,
                    findings);
            boolean appArmor = judgeOwn(
                    container,
                    NodeProfiles.Kind.APPARMOR,
                    container.appArmorProfile().own(),
                    workload,
                    criteria,
                    findings);
            if (fits && seccomp && appArmor) {
                findings.pass(container);
            }
        }
    }

    private static boolean judgeOwn(
            Container container,
            NodeProfiles.Kind kind,
            Setting<SecurityProfile> profile,
            Workload workload,
            Criteria criteria,
            Findings findings) {
        if (profile instanceof Setting.Inexpressible<SecurityProfile> none) {
            findings.skip(container, none.why());
            return false;
        }
        return judge(container, kind, profile, workload, criteria, findings);
    }

    /** Whether the profiles that are known let the container do what it evidently needs. */
    private static boolean fits(Workload workload, Container container, Findings findings) {
        boolean seccomp = fits(NodeProfiles.Kind.SECCOMP, container.seccompProfile(), workload, container, findings);
        return fits(NodeProfiles.Kind.APPARMOR, container.appArmorProfile(), workload, container, findings) && seccomp;
    }

    private static boolean fits(
            NodeProfiles.Kind kind,
            Scoped<SecurityProfile> profile,
            Workload workload,
            Container container,
            Findings findings) {
        if (!(profile.inForce() instanceof Setting.Declared<SecurityProfile> declared)) {
            return true;
        }
        String name = declared.value().name();
        if (declared.value().type() != SecurityProfile.Type.LOCALHOST || name == null) {
            return true;
        }
        List<String> forbidden =
                workload.profiles().forbidden(kind, name, workload, container).orElse(List.of());
        if (forbidden.isEmpty()) {
            return true;
        }
        findings.fail(
                container,
                declared,
                "names the profile " + Words.value(name) + ", which forbids what the container needs: "
                        + String.join(", ", forbidden),
                "allow it there, or have another profile made with portcullis profile",
                null);
        return false;
    }

    /** Whether there is nothing against a profile. */
    private static boolean judge(
            @Nullable Container container,
            NodeProfiles.Kind kind,
            Setting<SecurityProfile> setting,
            Workload workload,
            Criteria criteria,
            Findings findings) {
        if (!(setting instanceof Setting.Declared<SecurityProfile> declared)
                || declared.value().type() != SecurityProfile.Type.LOCALHOST) {
            return true;
        }
        String name = declared.value().name();
        if (name == null
                || name.isEmpty()
                || isKnown(name, criteria)
                || workload.profiles().knows(kind, name)) {
            return true;
        }
        String where = workload.platform() == Platform.KUBERNETES ? "every node" : "the host";
        findings.fail(
                container,
                declared,
                "names the profile " + Words.value(name) + ", which may not be on " + where,
                "put it there, then list it in the check's parameter " + KNOWN,
                null);
        return false;
    }

    private static boolean isKnown(String name, Criteria criteria) {
        return criteria.parameters().strings(KNOWN).stream().anyMatch(pattern -> NamePattern.matches(pattern, name));
    }
}
