package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A volume may be a host path by its driver's options: the local driver mounts any {@code device} of any {@code type} with
 * any options {@code o}, relative to its working directory, which is the root. A type of the kernel's own (proc, devtmpfs,
 * overlay) opens what no option names, so it counts as the root of the host.
 */
final class VolumeDriver {
    /** Of the types of file system that the local driver mounts, those whose device names the path that is opened. */
    private static final Set<String> BY_DEVICE =
            Set.of("", "none", "bind", "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "vfat", "zfs");
    /** Those that open nothing of the host. */
    private static final Set<String> REMOTE = Set.of("tmpfs", "nfs", "nfs3", "nfs4", "cifs", "smb3");

    /** Of a remote file system; {@code credentials} names a file of the host. */
    private static final Set<String> CREDENTIALS =
            Set.of("password", "pass", "passwd", "username", "user", "domain", "dom");

    /** {@code //user:password@} */
    private static final Pattern USER_INFORMATION = Pattern.compile("//[^/@]++@");

    private VolumeDriver() {}

    /**
     * The paths of the host that a volume opens.
     *
     * @param name the driver's, empty for the local one
     */
    static List<Setting.Declared<String>> hostPaths(String name, GoValue options) {
        List<Setting.Declared<String>> paths = new ArrayList<>();
        boolean local = name.isEmpty() || name.equals("local");
        String type = option(options, "type");
        boolean remote = local && REMOTE.contains(type) && !binds(option(options, "o"));
        if (local && !remote && !BY_DEVICE.contains(type) && !REMOTE.contains(type)) {
            paths.add(hostPath("/", options.path().child("type"), type));
        }
        for (Map.Entry<String, GoValue> option : options.members().entrySet()) {
            GoValue value = option.getValue();
            switch (option.getKey().toLowerCase(Locale.ROOT)) {
                case "device", "mountpoint" -> {
                    if (!remote && !value.text().isEmpty()) {
                        String device = USER_INFORMATION.matcher(value.text()).replaceAll("//(redacted)@");
                        String opened = device.startsWith("/") ? device : "/" + device;
                        paths.add(hostPath(opened, value.path(), device));
                    }
                }
                case "o" -> {
                    for (String assignment : value.text().split(",", -1)) {
                        open(assignment, value.path(), paths);
                    }
                }
                default -> {
                    // says nothing about the host
                }
            }
        }
        return paths;
    }

    /** One mount option: what it assigns may be a path, or the password of a remote server. */
    private static void open(String assignment, FieldPath path, List<Setting.Declared<String>> paths) {
        int equals = assignment.indexOf('=');
        String key = equals < 0 ? "" : assignment.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        if (CREDENTIALS.contains(key)) {
            return;
        }
        for (String opened : assignment.split("[=:]", -1)) {
            if (opened.startsWith("/")) {
                paths.add(hostPath(opened, path, opened));
            }
        }
    }

    private static String option(GoValue options, String name) {
        GoValue value = options.members().get(name);
        return value == null ? "" : value.text();
    }

    private static boolean binds(String mountOptions) {
        Set<String> options = Set.copyOf(List.of(mountOptions.split(",", -1)));
        return options.contains("bind") || options.contains("rbind");
    }

    private static Setting.Declared<String> hostPath(String value, FieldPath path, String raw) {
        return new Setting.Declared<>(value, path, raw, Notation.plain());
    }
}
