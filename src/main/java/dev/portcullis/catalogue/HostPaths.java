package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What checks of mounted host paths share. */
final class HostPaths {
    private HostPaths() {}

    /** The paths as comparable ones. */
    static List<HostPath> of(List<String> paths) {
        return paths.stream().map(HostPath::of).toList();
    }

    /** Fails for every volume that opens a forbidden path of the host. */
    static void forbid(Workload workload, Supplier<Predicate<HostPath>> rule, String reason, Findings findings) {
        if (workload.volumes().stream().allMatch(volume -> volume.hostPath() == null)) {
            findings.pass(null);
            return;
        }
        Predicate<HostPath> forbidden = rule.get();
        boolean clean = true;
        for (Volume volume : workload.volumes()) {
            Setting.Declared<String> hostPath = volume.hostPath();
            if (hostPath != null && forbidden.test(HostPath.of(hostPath.value()))) {
                clean = false;
                String state = "mounts " + Words.value(hostPath.value()) + " of the host, " + reason;
                findings.fail(null, hostPath, state, "remove the volume", null);
            }
        }
        if (clean) {
            findings.pass(null);
        }
    }
}
