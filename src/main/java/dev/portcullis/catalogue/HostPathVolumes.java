package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Level;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.util.List;

final class HostPathVolumes implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "host-path-volumes",
            1,
            Severity.HIGH,
            "No directory of the host is mounted",
            "A mounted host directory is shared with the host and every other container that mounts it, and outlives all limits.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "spec.volumes[*].hostPath")
                    .and(Form.CONTAINER, "HostConfig.Binds, Mounts, VolumesFrom")
                    .and(Form.COMPOSE_SERVICE, "volumes, volumes_from"),
            List.of("PSS baseline", "CIS Docker 5.6", "NSA/CISA pod security enforcement"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        boolean clean = true;
        for (Volume volume : workload.volumes()) {
            Setting.Declared<String> hostPath = volume.hostPath();
            if (volume.isOfAnotherContainer()) {
                clean = false;
                HostPaths.unknown(volume, findings);
                continue;
            }
            if (volume.isUnresolved()) {
                clean = false;
                findings.skip(null, volume.name());
                continue;
            }
            if (hostPath == null || volume.isProvided() || isOverlooked(volume, criteria)) {
                continue;
            }
            clean = false;
            findings.fail(
                    null,
                    hostPath,
                    "mounts " + Words.value(hostPath.value()) + " of the host",
                    "use a volume that belongs to the workload instead",
                    null);
        }
        if (clean) {
            findings.pass(null);
        }
    }

    /**
     * Restricted looks for allowed sources first; the API server refuses a volume with two. Neither it nor baseline looks behind
     * a claim.
     */
    private static boolean isOverlooked(Volume volume, Criteria criteria) {
        boolean behindClaim = !volume.sources().contains("hostPath");
        return (criteria.level() == Level.RESTRICTED || (criteria.level() == Level.BASELINE && behindClaim))
                && VolumeTypes.hasAllowedSource(volume);
    }
}
