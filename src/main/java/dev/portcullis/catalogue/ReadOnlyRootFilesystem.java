package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;

final class ReadOnlyRootFilesystem implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "read-only-root-filesystem",
            1,
            Severity.MEDIUM,
            "The root filesystem is read-only",
            "An attacker who cannot write cannot drop tools, change programs or stay.",
            null,
            Fields.in(Form.POD, "securityContext.readOnlyRootFilesystem")
                    .and(Form.CONTAINER, "HostConfig.ReadonlyRootfs")
                    .and(Form.COMPOSE_SERVICE, "read_only"),
            List.of("CIS Docker 5.13", "NSA/CISA immutable file systems"),
            List.of());

    private static final String TEMPORARY = "/tmp";

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
        Require.onLinux(workload, "read-only root filesystems", findings, container -> {
            switch (container.readOnlyRootFilesystem()) {
                case Setting.Absent<Boolean> absent
                when !Boolean.TRUE.equals(absent.otherwise()) -> missing(workload, container, absent, findings);
                case Setting.Declared<Boolean> declared
                when !declared.value() -> {
                    Edit edit = declared.edit(true);
                    Fix fix = new Fix(Fix.Reach.OVERWRITING, withScratch(container, edit));
                    findings.fail(container, declared, Words.remedy(edit), fix);
                }
                case Setting.Inexpressible<Boolean> none -> findings.skip(container, none.why());
                default -> findings.pass(container);
            }
        });
    }

    private static void missing(
            Workload workload, Container container, Setting.Absent<Boolean> absent, Findings findings) {
        Edit edit = absent.edit(true);
        List<Edit> edits = withScratch(container, edit);
        String kind = workload.platform() == Platform.KUBERNETES ? "an emptyDir volume" : "a tmpfs";
        String remedy = Words.remedy(edit) + (edits.size() == 1 ? "" : ", with " + kind + " at " + TEMPORARY);
        findings.missing(container, absent, remedy, new Fix(Fix.Reach.OPTIONAL, edits));
    }

    /** Most programs write to /tmp, whatever else they do. */
    private static List<Edit> withScratch(Container container, Edit edit) {
        List<Edit> edits = new ArrayList<>(List.of(edit));
        boolean mounted =
                container.mounts().stream().anyMatch(mount -> mount.mountPath().equals(TEMPORARY));
        if (!mounted) {
            edits.addAll(container.scratch().at(TEMPORARY));
        }
        return List.copyOf(edits);
    }
}
