package dev.portcullis.catalogue;

import dev.portcullis.check.ActCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

final class SensitiveHostPaths implements WorkloadCheck, ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "sensitive-host-paths",
            1,
            Severity.CRITICAL,
            "No sensitive directory of the host is mounted",
            "From /etc, /proc, /var/lib/kubelet and their like a container reads the host's secrets and writes its programs.",
            null,
            Fields.in(Form.POD, "spec.volumes[*].hostPath.path")
                    .and(Form.CONTAINER, "HostConfig.Binds, Mounts, VolumesFrom")
                    .and(Form.COMPOSE_SERVICE, "volumes, volumes_from")
                    .and(Form.ENGINE_REQUEST, "DriverOpts of POST /volumes/create"),
            List.of("CIS Docker 5.6"),
            List.of(new Parameter(
                    "paths",
                    List.of(
                            "/bin",
                            "/boot",
                            "/dev",
                            "/etc",
                            "/lib",
                            "/lib32",
                            "/lib64",
                            "/opt/cni",
                            "/proc",
                            "/root",
                            "/run",
                            "/sbin",
                            "/sys",
                            "/usr",
                            "/var/lib/cloud",
                            "/var/lib/cni",
                            "/var/lib/containerd",
                            "/var/lib/containers",
                            "/var/lib/docker",
                            "/var/lib/etcd",
                            "/var/lib/kubelet",
                            "/var/lib/rancher",
                            "/var/log",
                            "/var/spool/cron"),
                    "directories that are sensitive, with all below and above them")));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        HostPaths.forbid(workload, () -> forbidden(criteria), findings);
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        HostPaths.forbid(act, () -> forbidden(criteria), findings);
    }

    private static Function<HostPath, Optional<String>> forbidden(Criteria criteria) {
        return overlapping(HostPaths.of(criteria.parameters().strings("paths")));
    }

    private static Function<HostPath, Optional<String>> overlapping(List<HostPath> sensitive) {
        return path -> sensitive.stream()
                .flatMap(place -> relation(path, place).stream())
                .findFirst();
    }

    private static Optional<String> relation(HostPath path, HostPath sensitive) {
        if (path.equals(sensitive)) {
            return Optional.of("which is sensitive");
        }
        if (sensitive.contains(path)) {
            return Optional.of("which lies in the sensitive " + sensitive);
        }
        return path.contains(sensitive) ? Optional.of("which holds the sensitive " + sensitive) : Optional.empty();
    }
}
