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
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class PidsLimit implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "pids-limit",
            1,
            Severity.MEDIUM,
            "The number of processes is limited",
            "Without a limit one container can fork until the host has no process left to give.",
            null,
            Fields.in(Form.POD, "spec.resources.limits.pids where the API has it; else the node's podPidsLimit")
                    .and(Form.CONTAINER, "HostConfig.PidsLimit")
                    .and(Form.COMPOSE_SERVICE, "pids_limit, deploy.resources.limits.pids"),
            List.of("CIS Docker 5.29", "NSA/CISA resource policies"),
            List.of(
                    new Parameter("max", 64L, "the most processes a Docker container may have"),
                    new Parameter("podMax", 1024L, "the most processes a pod may have, where the API can say it")));

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
        long most = criteria.parameters().number(workload.platform() == Platform.DOCKER ? "max" : "podMax");
        if (workload.containers().getFirst().pidsLimit() instanceof Setting.Inexpressible<Long> none) {
            // What a pod cannot say it cannot say for any of its containers.
            ofNode(none, most, findings);
            return;
        }
        for (Container container : workload.containers()) {
            switch (container.pidsLimit()) {
                case Setting.Inexpressible<Long> none -> findings.skip(container, none.why());
                case Setting.Absent<Long> absent -> {
                    Edit edit = absent.edit(most);
                    findings.missing(container, absent, Words.remedy(edit), Fix.safe(edit));
                }
                case Setting.Declared<Long> limit
                when limit.value() <= 0 ->
                    findings.fail(
                            container,
                            limit,
                            "is " + limit.value() + ", which means unlimited",
                            "set it to " + most + " or less",
                            Fix.overwriting(limit.edit(most)));
                case Setting.Declared<Long> limit
                when limit.value() > most ->
                    findings.fail(
                            container, limit, "set it to " + most + " or less", Fix.overwriting(limit.edit(most)));
                case Setting.Declared<Long> limit -> findings.pass(container);
            }
        }
    }

    private static void ofNode(Setting.Inexpressible<Long> none, long most, Findings findings) {
        Setting.Observation<Long> observed = none.observed();
        if (observed == null) {
            findings.skip(null, none.why());
        } else if (observed.value() <= 0 || observed.value() > most) {
            String meaning = observed.value() <= 0 ? ", which means unlimited" : "";
            findings.fail(
                    observed.state() + meaning,
                    "set podPidsLimit to " + most + " or less in the kubelet's configuration");
        } else {
            findings.pass(null);
        }
    }
}
