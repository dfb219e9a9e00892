package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ServiceAccountToken;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;

final class AutomountedToken implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "service-account-token",
            1,
            Severity.MEDIUM,
            "No service account token is mounted unasked",
            "Whoever takes over the container takes its token, and talks to the API server in its name.",
            null,
            Fields.in(Form.POD, "spec.automountServiceAccountToken"),
            List.of("NSA/CISA pod security"),
            List.of());

    private static final String REMEDY =
            "set it to false, and mount a projected token where the pod calls the API server";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        ServiceAccountToken token = workload.serviceAccountToken();
        switch (token.automounted()) {
            case Setting.Inexpressible<Boolean> none -> findings.skip(null, none.why());
            case Setting.Declared<Boolean> declared when !declared.value() -> findings.pass(null);
            case Setting.Declared<Boolean> declared -> findings.fail(null, declared, REMEDY, null);
            case Setting.Absent<Boolean> absent -> {
                List<Edit> edits = new ArrayList<>();
                edits.add(absent.edit(false));
                edits.addAll(token.injected());
                findings.missing(null, absent, REMEDY, new Fix(false, List.copyOf(edits)));
            }
        }
    }
}
