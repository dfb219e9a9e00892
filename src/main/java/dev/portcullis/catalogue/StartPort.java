package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Port;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Docker since 20.10 and containerd's CRI since 2.0 leave no port privileged in a network namespace of the container's own;
 * containerd before that and CRI-O do not. A capability that is added helps only root: others have it in no effective set.
 */
final class StartPort implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "start-port",
            1,
            Severity.LOW,
            "Ports below 1024 can be opened",
            "Where ports below 1024 are privileged, a process without NET_BIND_SERVICE cannot listen on one and ends.",
            null,
            Fields.in(Form.POD, "ports[*].containerPort, securityContext, the pod's securityContext.sysctls")
                    .and(
                            Form.CONTAINER,
                            "ExposedPorts, HostConfig.NetworkMode, HostConfig.Sysctls, User, HostConfig.CapDrop")
                    .and(Form.COMPOSE_SERVICE, "expose, ports, network_mode, sysctls, user, cap_drop"),
            List.of(),
            List.of(),
            true);

    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final String CAPABILITY = "NET_BIND_SERVICE";
    private static final String ALL = "ALL";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Require.onLinux(workload, "privileged ports", findings, container -> judge(workload, container, findings));
    }

    private static void judge(Workload workload, Container container, Findings findings) {
        Long unprivileged = workload.unprivilegedPorts().effective();
        long first = unprivileged == null ? FIRST_UNPRIVILEGED : unprivileged;
        List<Setting.Declared<Port>> ports = container.conduct().ports().stream()
                .filter(port -> isBelow(port.value().number(), Math.min(first, FIRST_UNPRIVILEGED)))
                .toList();
        if (ports.isEmpty() && container.hostPorts() instanceof Setting.Inexpressible<?> none) {
            findings.skip(container, none.why());
            return;
        }
        Boolean may = ports.isEmpty() ? Boolean.TRUE : mayListen(workload, container);
        if (may == null) {
            findings.skip(
                    container,
                    "it may listen below port 1024 as root: the image's user is not known here (check --image-config FILE)");
        } else if (may) {
            findings.pass(container);
        } else {
            ports.forEach(port -> findings.fail(container, port, state(workload, port), remedy(workload), null));
        }
    }

    private static boolean isBelow(long port, long first) {
        return port > 0 && port < first;
    }

    /** Null where it depends on the image's user, which is not known. */
    private static @Nullable Boolean mayListen(Workload workload, Container container) {
        boolean privileged = Boolean.TRUE.equals(container.privileged().effective());
        if (!privileged && isDropped(container)) {
            return false;
        }
        ContainerUser user = container.runAsUser().inForce().effective();
        if (user != null) {
            return user.isRoot();
        }
        if (Boolean.TRUE.equals(container.runAsNonRoot().inForce().effective())) {
            return false;
        }
        Optional<ImageConfig> image = Images.of(workload, container);
        return image.isPresent() ? Boolean.valueOf(Images.isRoot(image.get())) : null;
    }

    private static boolean isDropped(Container container) {
        List<String> dropped = names(container.capabilitiesDropped());
        List<String> added = names(container.capabilitiesAdded());
        return !added.contains(CAPABILITY)
                && !added.contains(ALL)
                && (dropped.contains(ALL) || dropped.contains(CAPABILITY));
    }

    private static List<String> names(Setting<List<String>> capabilities) {
        return Objects.requireNonNullElse(capabilities.effective(), List.of());
    }

    private static String state(Workload workload, Setting.Declared<Port> port) {
        String privileged = "is " + port.value().number() + ": only root with NET_BIND_SERVICE may listen on it ";
        if (workload.unprivilegedPorts() instanceof Setting.Declared<Long> said) {
            return privileged + "while " + Workload.UNPRIVILEGED_PORTS + " is " + said.value();
        }
        if (isOfHost(workload)) {
            return privileged + "in the host's network, unless the host says otherwise";
        }
        return privileged
                + "under container runtimes that keep ports below 1024 privileged, such as CRI-O and containerd before 2.0";
    }

    private static String remedy(Workload workload) {
        String other = "listen on a port from 1024 on";
        if (isOfHost(workload)) {
            return other;
        }
        return workload.platform() == Platform.DOCKER
                ? other + ", or set HostConfig.Sysctls[\"" + Workload.UNPRIVILEGED_PORTS + "\"] to \"0\""
                : other + ", or set the sysctl " + Workload.UNPRIVILEGED_PORTS
                        + " to \"0\" in spec.securityContext.sysctls";
    }

    private static boolean isOfHost(Workload workload) {
        return workload.hostNetwork().effective() == NamespaceSharing.HOST;
    }
}
