package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.util.List;

final class VolumeTypes implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "volume-types",
            1,
            Severity.MEDIUM,
            "Only volume types that do not reach past the workload",
            "In-tree network and host volumes run code of the node with rights the workload does not have.",
            PodSecurityStandard.restricted(0),
            Fields.in(Form.POD, "spec.volumes[*]"),
            List.of("PSS restricted"),
            List.of());

    private static final List<String> ALLOWED = List.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (workload.platform() != Platform.KUBERNETES) {
            findings.skip(null, "Docker volumes have no types; host paths and drivers have checks of their own");
            return;
        }
        boolean clean = true;
        for (Volume volume : workload.volumes()) {
            // A host path has a check of its own, so that one exemption can cover it.
            if (hasAllowedSource(volume) || volume.hostPath() != null) {
                continue;
            }
            clean = false;
            String source = volume.sources().isEmpty()
                    ? "of no known type"
                    : "of type " + volume.sources().getFirst();
            findings.fail(
                    null,
                    volume.path(),
                    volume.name(),
                    "is " + source,
                    "use one of " + String.join(", ", ALLOWED) + " (a persistentVolumeClaim for storage elsewhere)",
                    null);
        }
        if (clean) {
            findings.pass(null);
        }
    }

    static boolean hasAllowedSource(Volume volume) {
        return volume.sources().stream().anyMatch(ALLOWED::contains);
    }
}
