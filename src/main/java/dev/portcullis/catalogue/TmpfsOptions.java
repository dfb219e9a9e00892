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
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.MemoryMount;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class TmpfsOptions implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "tmpfs-options",
            1,
            Severity.LOW,
            "File systems in memory are bounded and run nothing",
            "A file system in memory takes memory until none is left, and one that allows programs or devices is where attackers put theirs.",
            null,
            Fields.in(Form.POD, "spec.volumes[*].emptyDir.sizeLimit where its medium is Memory")
                    .and(Form.CONTAINER, "HostConfig.Tmpfs, Mounts of type tmpfs")
                    .and(Form.COMPOSE_SERVICE, "tmpfs, volumes of type tmpfs"),
            List.of(),
            List.of(new Parameter("size", 67_108_864L, "the size that its fix writes, in bytes")));

    private static final String UNBOUNDED = "sets no size, so that half the memory of the host may go into it";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        String bytes = Long.toString(criteria.parameters().number("size"));
        boolean clean = true;
        for (MemoryMount mount : workload.memoryMounts()) {
            for (Setting.Declared<String> option : mount.weakening()) {
                clean = false;
                String state = "is " + Words.value(option.raw()) + ", with the option " + option.value();
                findings.fail(
                        null, option, state, "remove " + option.value() + ": the default is no" + option.value(), null);
            }
            clean &= isBounded(mount, bytes, findings);
        }
        if (clean) {
            findings.pass(null);
        }
    }

    private static boolean isBounded(MemoryMount mount, String bytes, Findings findings) {
        switch (mount.size()) {
            case Setting.Inexpressible<String> none -> findings.skip(null, none.why());
            case Setting.Absent<String> absent -> {
                Edit edit = absent.edit(bytes);
                boolean amongOptions = absent.path().equals(mount.path());
                String state = amongOptions ? UNBOUNDED : "is not set";
                findings.fail(null, absent.path(), null, state, Words.remedy(edit), Fix.safe(edit));
            }
            case Setting.Declared<String> declared
            when ResourceLimit.isNone(declared.value()) ->
                unbounded(declared, ", which means unlimited", bytes, findings);
            case Setting.Declared<String> declared
            when declared.value().endsWith("%") ->
                unbounded(declared, ", a share of all memory of the host", bytes, findings);
            case Setting.Declared<String> declared -> {
                return true;
            }
        }
        return false;
    }

    private static void unbounded(Setting.Declared<String> size, String meaning, String bytes, Findings findings) {
        String state = "is " + Words.value(size.raw()) + meaning;
        Object example = ((Edit.Set) size.edit(bytes)).value();
        findings.fail(null, size, state, "set a size, such as " + Words.value(example), null);
    }
}
