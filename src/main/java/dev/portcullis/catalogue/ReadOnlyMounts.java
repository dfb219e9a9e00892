package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class ReadOnlyMounts implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "read-only-mounts",
            1,
            Severity.MEDIUM,
            "What is mounted from the host is read-only",
            "A container that can write to a directory of the host can change what the host and other containers read or run.",
            null,
            Fields.in(Form.POD, "volumeMounts[*].readOnly, recursiveReadOnly")
                    .and(
                            Form.CONTAINER,
                            "HostConfig.Binds, Mounts[*].ReadOnly, BindOptions.ReadOnlyNonRecursive, VolumesFrom")
                    .and(Form.COMPOSE_SERVICE, "volumes[*].read_only, volumes_from"),
            List.of("CIS Docker 5.6"),
            List.of());

    /** The first Kubernetes minor in which recursiveReadOnly is there unless switched off. */
    private static final int RECURSIVE = 31;

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        boolean recursive = !workload.windows()
                && (workload.platform() != Platform.KUBERNETES
                        || criteria.version().atLeast(RECURSIVE));
        for (Container container : workload.containers()) {
            boolean clean = true;
            // One volume may open several directories of the host.
            for (Mount mount :
                    container.mounts().stream().filter(Mount::ofHost).distinct().toList()) {
                clean &= isReadOnly(container, mount, findings);
                clean &= !recursive || isReadOnlyBelow(container, mount, findings);
            }
            if (clean) {
                findings.pass(container);
            }
        }
    }

    private static boolean isReadOnly(Container container, Mount mount, Findings findings) {
        switch (mount.readOnly()) {
            case Setting.Inexpressible<Boolean> none -> findings.skip(container, none.why());
            case Setting.Declared<Boolean> declared
            when !declared.value() -> findings.fail(container, declared, Words.remedy(declared.edit(true)), null);
            case Setting.Absent<Boolean> absent -> {
                Edit edit = absent.edit(true);
                boolean flag = edit instanceof Edit.Set set && set.value() instanceof Boolean;
                String state = flag ? "is not set" : "does not say ro";
                findings.fail(container, absent.path(), null, state, Words.remedy(edit), Fix.optional(edit));
            }
            default -> {
                return true;
            }
        }
        return false;
    }

    private static boolean isReadOnlyBelow(Container container, Mount mount, Findings findings) {
        switch (mount.submountsReadOnly()) {
            case Setting.Declared<Boolean> declared
            when !declared.value() ->
                findings.fail(
                        container,
                        declared,
                        "is " + Words.value(declared.raw()) + ", so what the host mounts below stays writable",
                        Words.remedy(declared.edit(true)),
                        null);
            case Setting.Absent<Boolean> absent
            when !Boolean.TRUE.equals(absent.otherwise()) -> {
                Edit edit = absent.edit(true);
                String condition = condition(mount);
                findings.fail(
                        container,
                        absent.path(),
                        null,
                        "is not set, so what the host mounts below stays writable",
                        Words.remedy(edit) + condition,
                        condition.isEmpty() ? Fix.optional(edit) : null);
            }
            default -> {
                return true;
            }
        }
        return false;
    }

    /** What must be mended before the API server takes recursiveReadOnly, empty where nothing must. */
    private static String condition(Mount mount) {
        if (mount.readOnly().declares(false)) {
            return ", once the mount is read-only";
        }
        return MountPropagation.isPrivate(mount) ? "" : ", once mounts do not propagate";
    }
}
