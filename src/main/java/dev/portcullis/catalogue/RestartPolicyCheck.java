package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.RestartPolicy;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class RestartPolicyCheck implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "restart-policy",
            1,
            Severity.LOW,
            "Restarts come to an end",
            "A container that fails at every start and is started again without end wears the host down, and nobody hears of it.",
            null,
            Fields.in(Form.CONTAINER, "HostConfig.RestartPolicy").and(Form.COMPOSE_SERVICE, "restart"),
            List.of("CIS Docker 5.15"),
            List.of(new Parameter("max", 5L, "the most restarts after failures")));

    private static final String ON_FAILURE = "on-failure";

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
        long most = criteria.parameters().number("max");
        for (Container container : workload.containers()) {
            switch (container.conduct().restartPolicy()) {
                case Setting.Declared<RestartPolicy> declared -> judge(container, declared, most, findings);
                case Setting.Inexpressible<RestartPolicy> none -> findings.skip(container, none.why());
                case Setting.Absent<RestartPolicy> absent -> findings.pass(container);
            }
        }
    }

    private static void judge(
            Container container, Setting.Declared<RestartPolicy> declared, long most, Findings findings) {
        RestartPolicy policy = declared.value();
        Edit edit = declared.edit(new RestartPolicy(ON_FAILURE, most));
        if (!policy.name().equals(ON_FAILURE)) {
            String remedy =
                    "set it to " + Words.value(ON_FAILURE) + " with at most " + most + " restarts, or remove it";
            findings.fail(container, declared, remedy, Fix.overwriting(edit));
        } else if (policy.retries() <= 0) {
            // Docker's clients send 0 where nobody said a number.
            findings.fail(container, declared, "sets no end to restarts", Words.remedy(edit), Fix.safe(edit));
        } else if (policy.retries() > most) {
            findings.fail(container, declared, Words.remedy(edit) + " or less", Fix.overwriting(edit));
        } else {
            findings.pass(container);
        }
    }
}
