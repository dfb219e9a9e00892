package dev.portcullis.catalogue;

import dev.portcullis.check.ActCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import java.util.List;

final class ExecAsRoot implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "exec-as-root",
            1,
            Severity.HIGH,
            "No process is started as root in a running container",
            "Root in a container that was made to run as somebody else can change its files, its processes and whatever it mounts.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "User of POST /containers/{id}/exec"),
            List.of("CIS Docker 5.24"),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        if (act.deed() instanceof Deed.Exec exec) {
            switch (exec.user()) {
                case Setting.Declared<ContainerUser> user
                when user.value().isRoot() ->
                    findings.fail(null, user, "leave it out, or set a numeric user other than 0, such as 10001", null);
                case Setting.Declared<ContainerUser> user when user.value().isNonRoot() -> findings.pass(null);
                case Setting.Declared<ContainerUser> user ->
                    findings.skip(
                            null,
                            "the user is a name, whose number the container's own files decide: give the number instead");
                case Setting.Absent<ContainerUser> user ->
                    findings.skip(null, "the process runs as the container's own user: run-as-non-root judges that");
                case Setting.Inexpressible<ContainerUser> none -> findings.skip(null, none.why());
            }
        }
    }
}
