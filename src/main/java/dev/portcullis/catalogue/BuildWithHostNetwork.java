package dev.portcullis.catalogue;

import dev.portcullis.check.ActCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Setting;
import java.util.List;

final class BuildWithHostNetwork implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "build-with-host-network",
            1,
            Severity.HIGH,
            "No image is built in the host's network",
            "Commands of a build in the host's network reach whatever listens on the host alone, the engine's own ports included.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "networkmode of POST /build"),
            List.of("CIS Docker 5.10"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        if (act.deed() instanceof Deed.Build build) {
            if (build.network() instanceof Setting.Declared<NamespaceSharing> network
                    && network.value() != NamespaceSharing.PRIVATE) {
                findings.fail(null, network, "leave it out, or set it to none", null);
            } else {
                findings.pass(null);
            }
        }
    }
}
