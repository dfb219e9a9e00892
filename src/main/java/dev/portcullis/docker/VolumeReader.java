package dev.portcullis.docker;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads all that a create body mounts into the container. */
final class VolumeReader {
    private static final int MOST_PARTS = 3;
    private static final String UNSAID = "rprivate";
    private static final Set<String> PROPAGATIONS =
            Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");
    private static final Set<String> WITHOUT_HOST_PATH = Set.of("volume", "tmpfs", "image", "cluster");
    /** Of the types of file system that the local driver mounts, those whose device names the path that is opened. */
    private static final Set<String> BY_DEVICE =
            Set.of("", "none", "bind", "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "vfat", "zfs");
    /** Those that open nothing of the host. */
    private static final Set<String> REMOTE = Set.of("tmpfs", "nfs", "nfs3", "nfs4", "cifs", "smb3");

    /** Where something is mounted, and how. */
    private record Target(String directory, FieldPath path, Setting<String> propagation, Setting<Boolean> readOnly) {}

    private final List<Volume> volumes = new ArrayList<>();
    private final List<Mount> mounts = new ArrayList<>();

    private final EngineNotation notation;

    VolumeReader(GoValue body, EngineNotation notation) throws MalformedBodyException {
        this.notation = notation;
        GoValue host = body.field("HostConfig");
        for (GoValue bind : host.field("Binds").elements()) {
            bind(bind);
        }
        for (GoValue mount : host.field("Mounts").elements()) {
            mount(mount);
        }
        for (GoValue from : host.field("VolumesFrom").elements()) {
            String unknown = from.unknown();
            if (unknown != null) {
                unresolved(from, unknown);
                continue;
            }
            String container = from.text();
            int colon = container.indexOf(':');
            add(colon < 0 ? container : container.substring(0, colon), Volume.OF_ANOTHER_CONTAINER, "", from.path());
        }
        host.field("Tmpfs").members().forEach((target, options) -> add("", "tmpfs", target, options.path()));
        body.field("Volumes").members().forEach((target, none) -> add("", "volume", target, none.path()));
    }

    List<Volume> volumes() {
        return volumes;
    }

    List<Mount> mounts() {
        return mounts;
    }

    /** {@code [source:]target[:mode]}: a source that is an absolute path is the host's, any other a volume's name. */
    private void bind(GoValue bind) throws MalformedBodyException {
        String[] parts = bind.text().split(":", -1);
        if (parts.length > MOST_PARTS || parts[0].isEmpty()) {
            throw new MalformedBodyException(
                    bind.path(),
                    "is " + MalformedBodyException.quoted(bind.text()),
                    "write source:target or source:target:options");
        }
        String source = parts.length == 1 ? "" : parts[0];
        String target = parts.length == 1 ? parts[0] : parts[1];
        Setting<String> propagation = new Setting.Absent<>(bind.path(), Notation.plain(), UNSAID);
        Setting<Boolean> readOnly = new Setting.Absent<>(
                bind.path(),
                (path, only) -> new Edit.Set(path, bind.text() + (parts.length == MOST_PARTS ? ",ro" : ":ro")),
                false);
        for (String mode : parts.length == MOST_PARTS ? parts[2].split(",", -1) : new String[0]) {
            if (mode.equals("ro") || mode.equals("rw")) {
                readOnly = new Setting.Declared<>(
                        mode.equals("ro"), bind.path(), bind.text(), (path, only) -> new Edit.Set(path, "ro"));
            }
            if (PROPAGATIONS.contains(mode)) {
                propagation = new Setting.Declared<>(mode, bind.path(), bind.text(), Notation.plain());
            }
        }
        if (source.startsWith("/") || source.startsWith("\\")) {
            add(
                    hostPath(source, bind.path(), bind.text()),
                    "bind",
                    new Target(target, bind.path(), propagation, readOnly));
        } else {
            volumes.add(new Volume(source, bind.path(), List.of("volume"), null));
            mounts.add(new Mount(source, target, bind.path(), false, propagation, readOnly));
        }
    }

    /** A volume of which nothing is known but that it is there. */
    private void unresolved(GoValue volume, String why) {
        Setting<String> propagation = new Setting.Inexpressible<>(why);
        Setting<Boolean> readOnly = new Setting.Inexpressible<>(why);
        volumes.add(new Volume(why, volume.path(), List.of(Volume.UNRESOLVED), null));
        mounts.add(new Mount("", "", volume.path(), false, propagation, readOnly));
    }

    private void mount(GoValue mount) {
        String unknown = mount.unknown();
        if (unknown != null) {
            unresolved(mount, unknown);
            return;
        }
        String type = mount.field("Type").text();
        GoValue source = mount.field("Source");
        String target = mount.field("Target").text();
        GoValue said = mount.field("BindOptions").field("Propagation");
        Setting<String> propagation = said.text().isEmpty()
                ? new Setting.Absent<>(said.path(), Notation.plain(), UNSAID)
                : new Setting.Declared<>(said.text(), said.path());
        GoValue flag = mount.field("ReadOnly");
        Setting<Boolean> readOnly = flag.flag()
                ? new Setting.Declared<>(true, flag.path())
                : new Setting.Absent<>(flag.path(), notation.readOnlyMount(), false);
        Target at = new Target(target, mount.path(), propagation, readOnly);
        if (!WITHOUT_HOST_PATH.contains(type)) {
            add(hostPath(source.text(), source.path(), source.text()), type, at);
            return;
        }
        volumes.add(new Volume(source.text(), mount.path(), List.of(type), null));
        mounts.add(new Mount(source.text(), target, mount.path(), false, propagation, readOnly));
        driver(mount.field("VolumeOptions").field("DriverConfig"), at);
    }

    /**
     * A volume may be a host path by its driver's options: the local driver mounts any {@code device} of any {@code type}
     * with any options {@code o}, relative to its working directory, which is the root. A type of the kernel's own (proc,
     * devtmpfs, overlay) opens what no option names, so it counts as the root of the host.
     */
    private void driver(GoValue driver, Target target) {
        GoValue options = driver.field("Options");
        String name = driver.field("Name").text();
        boolean local = name.isEmpty() || name.equals("local");
        String type = option(options, "type");
        boolean remote = local && REMOTE.contains(type) && !binds(option(options, "o"));
        if (local && !remote && !BY_DEVICE.contains(type) && !REMOTE.contains(type)) {
            add(hostPath("/", options.path().child("type"), type), "volume", target);
        }
        for (Map.Entry<String, GoValue> option : options.members().entrySet()) {
            GoValue value = option.getValue();
            switch (option.getKey().toLowerCase(Locale.ROOT)) {
                case "device", "mountpoint" -> {
                    if (!remote && !value.text().isEmpty()) {
                        String opened = value.text().startsWith("/") ? value.text() : "/" + value.text();
                        add(hostPath(opened, value.path(), value.text()), "volume", target);
                    }
                }
                case "o" -> {
                    for (String opened : value.text().split("[,=:]", -1)) {
                        if (opened.startsWith("/")) {
                            add(hostPath(opened, value.path(), value.text()), "volume", target);
                        }
                    }
                }
                default -> {
                    // says nothing about the host
                }
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

    private void add(Setting.Declared<String> hostPath, String type, Target target) {
        volumes.add(new Volume("", target.path(), List.of(type), hostPath));
        mounts.add(new Mount("", target.directory(), target.path(), true, target.propagation(), target.readOnly()));
    }

    private void add(String name, String type, String target, FieldPath path) {
        volumes.add(new Volume(name, path, List.of(type), null));
        mounts.add(new Mount(
                name,
                target,
                path,
                false,
                new Setting.Absent<>(path, Notation.plain(), UNSAID),
                new Setting.Absent<>(path, Notation.plain(), false)));
    }
}
