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

final class ExecIntoNamespace implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "exec",
            1,
            Severity.HIGH,
            "No process is started in pods of protected namespaces",
            "Who starts a process in a pod has its network, its secrets and its service account, past everything that admission judged.",
            null,
            Fields.in(Form.POD_REQUEST, "the request's namespace, of pods/exec")
                    .and(Form.ENGINE_REQUEST, "POST /containers/{id}/exec"),
            List.of(),
            List.of(ProtectedNamespaces.PARAMETER));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        if (act.deed() instanceof Deed.Exec) {
            ProtectedNamespaces.judge(act, "starts a process in a", criteria, findings);
        }
    }
}
