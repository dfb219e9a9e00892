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
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class SandboxedRuntime implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "sandboxed-runtime",
            1,
            Severity.MEDIUM,
            "A sandbox stands between container and kernel",
            "A virtual machine or a kernel in user space holds what breaks out of a container through a bug of the kernel.",
            null,
            Fields.in(Form.POD, "spec.runtimeClassName")
                    .and(Form.CONTAINER, "HostConfig.Runtime")
                    .and(Form.COMPOSE_SERVICE, "runtime"),
            List.of(),
            List.of(
                    new Parameter(
                            "allow",
                            List.of(),
                            "runtimes, and RuntimeClasses, that are sandboxes, with * for any part; the first without one is what its fix writes")));

    private static final String UNASKED =
            "no policy says which runtimes are sandboxes: name them in the parameter allow of sandboxed-runtime";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        List<String> allowed = criteria.parameters().strings("allow");
        if (allowed.isEmpty()) {
            findings.skip(null, UNASKED);
            return;
        }
        String remedy = "set it to a sandbox that the policy allows: " + String.join(", ", allowed);
        switch (workload.runtime()) {
            case Setting.Inexpressible<String> none -> findings.skip(null, none.why());
            case Setting.Declared<String> runtime
            when allowed.stream().anyMatch(pattern -> NamePattern.matches(pattern, runtime.value())) ->
                findings.pass(null);
            case Setting.Declared<String> runtime ->
                findings.fail(
                        null,
                        runtime,
                        "is " + Words.value(runtime.raw()) + ", which the policy does not count as a sandbox",
                        remedy,
                        null);
            case Setting.Absent<String> absent ->
                findings.missing(
                        null,
                        absent,
                        remedy,
                        allowed.stream()
                                .filter(name -> name.indexOf('*') < 0)
                                .findFirst()
                                .map(name -> Fix.optional(absent.edit(name)))
                                .orElse(null));
        }
    }
}
