package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.Optional;

/**
 * Docker, and containerd below a kubelet, mount a fresh writable directory at each volume that an image declares; CRI-O by
 * default makes it a directory of the root filesystem, read-only as that.
 */
final class StartWritablePaths implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "start-writable-paths",
            1,
            Severity.LOW,
            "What is likely written to can be",
            "On a read-only root filesystem a program that writes to its volume or working directory stops where nothing writable is mounted.",
            null,
            Fields.in(
                            Form.POD,
                            "workingDir, volumeMounts, securityContext.readOnlyRootFilesystem and the image's VOLUME and WORKDIR")
                    .and(
                            Form.CONTAINER,
                            "WorkingDir, HostConfig.ReadonlyRootfs, what is mounted, and the image's WORKDIR")
                    .and(Form.COMPOSE_SERVICE, "working_dir, read_only, volumes, tmpfs and the image's WORKDIR"),
            List.of(),
            List.of(),
            true);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Require.onLinux(workload, "read-only root filesystems", findings, container -> {
            if (container.readOnlyRootFilesystem() instanceof Setting.Inexpressible<Boolean> none) {
                findings.skip(container, none.why());
            } else if (Boolean.TRUE.equals(container.readOnlyRootFilesystem().effective())) {
                judge(workload, container, findings);
            } else {
                findings.pass(container);
            }
        });
    }

    private static void judge(Workload workload, Container container, Findings findings) {
        Optional<ImageConfig> image = Images.of(workload, container);
        boolean starts = workingDirectory(workload, container, image, findings);
        boolean stores = volumes(workload, container, image, findings);
        if (!starts || !stores) {
            return;
        }
        if (image.isPresent()) {
            findings.pass(container);
        } else {
            Images.skip(container, findings);
        }
    }

    private static boolean volumes(
            Workload workload, Container container, Optional<ImageConfig> image, Findings findings) {
        if (image.isEmpty() || workload.platform() == Platform.DOCKER) {
            return true;
        }
        List<String> readOnly = image.get().volumes().stream()
                .filter(volume -> !isWritable(volume, container, List.of()))
                .sorted()
                .toList();
        if (!readOnly.isEmpty() && container.readOnlyRootFilesystem() instanceof Setting.Declared<Boolean> declared) {
            String state = "is true, which makes the image's VOLUME " + Words.value(readOnly)
                    + " read-only too under runtimes that mount nothing there, such as CRI-O";
            String remedy = "mount an emptyDir volume at " + String.join(" and at ", readOnly);
            findings.fail(container, declared, state, remedy, null);
        }
        return readOnly.isEmpty();
    }

    private static boolean workingDirectory(
            Workload workload, Container container, Optional<ImageConfig> image, Findings findings) {
        Setting<String> own = container.conduct().workingDirectory();
        String directory = own instanceof Setting.Declared<String> declared
                ? declared.value()
                : image.map(ImageConfig::workingDirectory).orElse(null);
        List<String> mountedAnyway = workload.platform() == Platform.DOCKER
                ? image.map(ImageConfig::volumes).orElse(List.of())
                : List.of();
        if (directory == null || isRoot(directory) || isWritable(directory, container, mountedAnyway)) {
            return true;
        }
        String remedy = workload.platform() == Platform.DOCKER
                ? "if the program writes there, mount a volume or tmpfs where it does"
                : "if the program writes there, mount an emptyDir volume where it does";
        if (own instanceof Setting.Declared<String> declared) {
            findings.fail(
                    container,
                    declared,
                    "is " + Words.value(directory) + ", on the read-only root filesystem",
                    remedy,
                    null);
        } else if (own instanceof Setting.Absent<String> absent) {
            findings.fail(
                    container,
                    absent.path(),
                    null,
                    "is not set, and the image's WORKDIR " + Words.value(directory)
                            + " is on the read-only root filesystem",
                    remedy,
                    null);
        }
        return false;
    }

    private static boolean isRoot(String directory) {
        return withSlash(directory).equals("/");
    }

    /** @param others directories that are mounted writable unasked */
    private static boolean isWritable(String directory, Container container, List<String> others) {
        Mount nearest = null;
        for (Mount mount : container.mounts()) {
            boolean holds =
                    !mount.mountPath().isEmpty() && withSlash(directory).startsWith(withSlash(mount.mountPath()));
            if (holds
                    && (nearest == null
                            || mount.mountPath().length() > nearest.mountPath().length())) {
                nearest = mount;
            }
        }
        if (nearest != null) {
            return !Boolean.TRUE.equals(nearest.readOnly().effective());
        }
        return others.stream().anyMatch(other -> withSlash(directory).startsWith(withSlash(other)));
    }

    private static String withSlash(String directory) {
        int end = directory.length();
        while (end > 0 && directory.charAt(end - 1) == '/') {
            end--;
        }
        return directory.substring(0, end) + "/";
    }
}
