package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
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
    /** What to do about a request for a volume that opens a path of the host. */
    static final String WITHOUT_OPTIONS =
            "leave out the driver's options, so that the engine gives the volume a directory of its own";

    private HostPaths() {}

    /** The paths as comparable ones. */
    static List<HostPath> of(List<String> paths) {
        return paths.stream().map(HostPath::of).toList();
    }

    /**
     * Fails for every volume of a workload that opens a forbidden path of the host.
     *
     * @param rule made only where there are host paths; says of one why it is forbidden, empty where it is not
     */
    static void forbid(Workload workload, Supplier<Function<HostPath, Optional<String>>> rule, Findings findings) {
        forbid(workload.volumes(), rule, "mounts", "remove the volume", findings);
    }

    /** The same for a volume that a request makes; no other request is asked. */
    static void forbid(Act act, Supplier<Function<HostPath, Optional<String>>> rule, Findings findings) {
        if (act.deed() instanceof Deed.VolumeCreate create) {
            forbid(create.volumes(), rule, "opens", WITHOUT_OPTIONS, findings);
        }
    }

    private static void forbid(
            List<Volume> volumes,
            Supplier<Function<HostPath, Optional<String>>> rule,
            String verb,
            String remedy,
            Findings findings) {
        if (volumes.stream().noneMatch(HostPaths::mayReachHost)) {
            findings.pass(null);
            return;
        }
        Function<HostPath, Optional<String>> forbidden = rule.get();
        boolean clean = true;
        for (Volume volume : volumes) {
            Setting.Declared<String> hostPath = volume.hostPath();
            if (volume.isOfAnotherContainer()) {
                clean = false;
                unknown(volume, findings);
            }
            if (volume.isUnresolved()) {
                clean = false;
                findings.skip(null, volume.name());
            }
            if (hostPath == null) {
                continue;
            }
            Optional<String> reason = HostPath.readings(hostPath.value()).stream()
                    .flatMap(path -> forbidden.apply(path).stream())
                    .min(Comparator.naturalOrder());
            if (reason.isPresent()) {
                clean = false;
                String state = verb + " " + Words.value(hostPath.value()) + " of the host, " + reason.get();
                findings.fail(null, hostPath, state, remedy, null);
            }
        }
        if (clean) {
            findings.pass(null);
        }
    }

    /** What another container mounts cannot be known from the request, so it is not let through. */
    static void unknown(Volume volume, Findings findings) {
        findings.fail(
                null,
                volume.path(),
                volume.name(),
                "takes all volumes of the container " + Words.value(volume.name()) + ", whatever they are",
                "name the volumes it needs instead",
                null);
    }

    private static boolean mayReachHost(Volume volume) {
        return volume.hostPath() != null || volume.isOfAnotherContainer() || volume.isUnresolved();
    }
}
