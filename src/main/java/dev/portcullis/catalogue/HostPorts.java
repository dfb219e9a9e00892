package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Level;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;

final class HostPorts implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "host-ports",
            1,
            Severity.MEDIUM,
            "No port of the host is taken",
            "A host port bypasses Services and network policy and is open on every address of the node.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "ports[*].hostPort")
                    .and(Form.CONTAINER, "HostConfig.PortBindings, PublishAllPorts")
                    .and(Form.COMPOSE_SERVICE, "ports"),
            List.of("PSS baseline", "CIS Docker 5.8", "CIS Docker 5.9"),
            List.of(new Parameter(
                    "allow", List.of(), "ports of the host that may be taken, in the hardened profile", true)));

    /** A port that the engine picks. */
    private static final String ANY = "0";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        List<String> allowed =
                criteria.level() == Level.HARDENED ? criteria.parameters().strings("allow") : List.of();
        for (Container container : workload.containers()) {
            Require.each(
                    container,
                    container.hostPorts(),
                    allowed::contains,
                    HostPorts::state,
                    "remove it, and reach the container through its network",
                    findings);
        }
    }

    private static String state(Setting.Declared<String> port) {
        return port.value().equals(ANY) ? "takes any port of the host" : "takes port " + port.value() + " of the host";
    }
}
