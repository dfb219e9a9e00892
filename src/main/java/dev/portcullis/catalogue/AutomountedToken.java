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
            List.of("NSA/CISA service account tokens"),
            List.of());

    private static final String REMEDY =
            "set it to false, and mount a projected token where the pod calls the API server";

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
        ServiceAccountToken token = workload.serviceAccountToken();
        switch (token.automounted()) {
            case Setting.Inexpressible<Boolean> none -> findings.skip(null, none.why());
            case Setting.Declared<Boolean> declared when !declared.value() -> findings.pass(null);
            case Setting.Declared<Boolean> declared ->
                findings.fail(null, declared, REMEDY, fix(Fix.Reach.OVERWRITING, declared.edit(false), token));
            case Setting.Absent<Boolean> absent ->
                findings.missing(null, absent, REMEDY, fix(Fix.Reach.OPTIONAL, absent.edit(false), token));
        }
    }

    private static Fix fix(Fix.Reach reach, Edit edit, ServiceAccountToken token) {
        List<Edit> edits = new ArrayList<>();
        edits.add(edit);
        edits.addAll(token.injected());
        return new Fix(reach, List.copyOf(edits));
    }
}
