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
import java.util.List;

final class SwarmChange implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "swarm-change",
            1,
            Severity.CRITICAL,
            "The swarm stays as it is",
            "A swarm starts containers on every node without a create request that could be judged, and joining one hands the engine to its managers.",
            null,
            Fields.in(
                    Form.ENGINE_REQUEST,
                    "POST, PUT and DELETE of swarm, nodes, services, secrets, configs and cluster volumes"),
            List.of(),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        boolean changes = act.deed() instanceof Deed.SwarmChange
                || (act.deed() instanceof Deed.VolumeCreate volume && volume.forSwarm());
        if (changes) {
            findings.fail(
                    "changes the swarm, whose containers start without a request that is judged", Forbidden.REMEDY);
        }
    }
}
