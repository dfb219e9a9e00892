package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What checks of mounted host paths share. */
final class HostPaths {
    private HostPaths() {}

    /** The paths as comparable ones. */
    static List<HostPath> of(List<String> paths) {
        return paths.stream().map(HostPath::of).toList();
    }

    /**
     * Fails for every volume that opens a forbidden path of the host.
     *
     * @param rule made only where there are host paths; says of one why it is forbidden, empty where it is not
     */
    static void forbid(Workload workload, Supplier<Function<HostPath, Optional<String>>> rule, Findings findings) {
        if (workload.volumes().stream().allMatch(volume -> volume.hostPath() == null)) {
            passOrSkip(workload, findings);
            return;
        }
        Function<HostPath, Optional<String>> forbidden = rule.get();
        boolean clean = true;
        for (Volume volume : workload.volumes()) {
            Setting.Declared<String> hostPath = volume.hostPath();
            if (hostPath == null) {
                continue;
            }
            Optional<String> reason = HostPath.readings(hostPath.value()).stream()
                    .flatMap(path -> forbidden.apply(path).stream())
                    .min(Comparator.naturalOrder());
            if (reason.isPresent()) {
                clean = false;
                String state = "mounts " + Words.value(hostPath.value()) + " of the host, " + reason.get();
                findings.fail(null, hostPath, state, "remove the volume", null);
            }
        }
        if (clean) {
            passOrSkip(workload, findings);
        }
    }

    /** Nothing forbidden was seen, which is a pass only where everything is: volumes of another container are not. */
    static void passOrSkip(Workload workload, Findings findings) {
        workload.volumes().stream()
                .filter(volume -> volume.sources().contains("volumesFrom"))
                .findFirst()
                .ifPresentOrElse(
                        volume -> findings.skip(
                                null,
                                volume.path().field() + " takes over the volumes of " + Words.value(volume.name())
                                        + ", which are judged where that container is made"),
                        () -> findings.pass(null));
    }
}
