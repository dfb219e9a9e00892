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

final class ExecPrivileged implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "exec-privileged",
            1,
            Severity.CRITICAL,
            "No process is started with all privileges in a running container",
            "A privileged exec reaches the host as a privileged container does, past every limit the container was created with.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "Privileged of POST /containers/{id}/exec"),
            List.of("CIS Docker 5.23"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        if (act.deed() instanceof Deed.Exec exec) {
            Require.value(null, exec.privileged(), false, Require.Filling.NEVER, findings);
        }
    }
}
