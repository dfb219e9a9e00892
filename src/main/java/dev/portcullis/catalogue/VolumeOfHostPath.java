package dev.portcullis.catalogue;

import dev.portcullis.check.ActCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import java.util.List;

final class VolumeOfHostPath implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "volume-of-host-path",
            1,
            Severity.HIGH,
            "No volume is made of a directory of the host",
            "A local volume with a device is a host directory under another name: containers mount it without naming the host.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "DriverOpts of POST /volumes/create"),
            List.of("CIS Docker 5.6"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        if (act.deed() instanceof Deed.VolumeCreate create) {
            boolean clean = true;
            for (Volume volume : create.volumes()) {
                Setting.Declared<String> hostPath = volume.hostPath();
                if (hostPath != null) {
                    clean = false;
                    String state = "opens " + Words.value(hostPath.value()) + " of the host";
                    findings.fail(null, hostPath, state, HostPaths.WITHOUT_OPTIONS, null);
                }
            }
            if (clean) {
                findings.pass(null);
            }
        }
    }
}
