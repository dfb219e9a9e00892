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

final class RuntimeSocket implements WorkloadCheck, ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "runtime-socket",
            1,
            Severity.CRITICAL,
            "No container-runtime socket is mounted",
            "Who can talk to the container runtime can start a privileged container: the socket is root on the host.",
            null,
            Fields.in(Form.POD, "spec.volumes[*].hostPath.path")
                    .and(Form.CONTAINER, "HostConfig.Binds, Mounts, VolumesFrom")
                    .and(Form.COMPOSE_SERVICE, "volumes, volumes_from, use_api_socket")
                    .and(Form.ENGINE_REQUEST, "DriverOpts of POST /volumes/create"),
            List.of("CIS Docker 5.32"),
            List.of(new Parameter(
                    "sockets",
                    List.of(
                            "/run/docker.sock",
                            "/run/containerd/containerd.sock",
                            "/run/containerd/containerd.sock.ttrpc",
                            "/run/crio/crio.sock",
                            "/run/cri-dockerd.sock",
                            "/run/podman/podman.sock",
                            "/run/buildkit/buildkitd.sock",
                            "/run/k3s/containerd/containerd.sock",
                            "/run/dockershim.sock",
                            "/run/docker/containerd/containerd.sock",
                            "/run/nri/nri.sock"),
                    "sockets of container runtimes")));

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
        return leadingTo(HostPaths.of(criteria.parameters().strings("sockets")));
    }

    private static Function<HostPath, Optional<String>> leadingTo(List<HostPath> sockets) {
        return path -> path.isRuntimeSocket() || sockets.contains(path)
                ? Optional.of("which is a container runtime's socket")
                : sockets.stream()
                        .filter(path::contains)
                        .findFirst()
                        .map(socket -> "which holds the container runtime's socket " + socket);
    }
}
