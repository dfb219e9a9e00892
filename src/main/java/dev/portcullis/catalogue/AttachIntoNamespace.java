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

final class AttachIntoNamespace implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "attach",
            1,
            Severity.MEDIUM,
            "Nobody attaches to pods of protected namespaces",
            "Who attaches to a container reads what it writes and may type into its first process, which admission never judged.",
            null,
            Fields.in(Form.POD_REQUEST, "the request's namespace, of pods/attach")
                    .and(Form.ENGINE_REQUEST, "POST /containers/{id}/attach"),
            List.of(),
            List.of(ProtectedNamespaces.PARAMETER));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        if (act.deed() instanceof Deed.Attach) {
            ProtectedNamespaces.judge(act, "attaches to a", criteria, findings);
        }
    }
}
