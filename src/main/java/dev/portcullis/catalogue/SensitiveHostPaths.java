package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.function.Predicate;

final class SensitiveHostPaths implements Check {
    private static final CheckInfo INFO = new CheckInfo(
            "sensitive-host-paths",
            1,
            Severity.CRITICAL,
            "No sensitive directory of the host is mounted",
            "From /etc, /proc, /var/lib/kubelet and their like a container reads the host's secrets and writes its programs.",
            null,
            "spec.volumes[*].hostPath.path",
            "HostConfig.Binds, Mounts, VolumesFrom",
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
                            "/proc",
                            "/root",
                            "/run",
                            "/sbin",
                            "/sys",
                            "/usr",
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
        HostPaths.forbid(
                workload,
                () -> overlapping(HostPaths.of(criteria.parameters().strings("paths"))),
                "which is sensitive or holds or lies in what is",
                findings);
    }

    private static Predicate<HostPath> overlapping(List<HostPath> sensitive) {
        return path -> sensitive.stream().anyMatch(path::overlaps);
    }
}
