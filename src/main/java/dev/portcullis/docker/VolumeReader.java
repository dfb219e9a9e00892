package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads all that a create body mounts into the container. */
final class VolumeReader {
    private static final int MOST_PARTS = 3;
    private static final String CONTAINER = "container:";
    private static final String UNSAID = "rprivate";
    private static final Set<String> PROPAGATIONS =
            Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");
    private static final Set<String> WITHOUT_HOST_PATH = Set.of("volume", "tmpfs", "image", "cluster");
    /** Where something is mounted, and how. */
    private record Target(
            String directory,
            FieldPath path,
            Setting<String> propagation,
            Setting<Boolean> readOnly,
            Setting<Boolean> submountsReadOnly) {

        Mount mount(String volume, boolean ofHost) {
            return new Mount(volume, directory, path, ofHost, propagation, readOnly, submountsReadOnly);
        }
    }

    private final List<Volume> volumes = new ArrayList<>();
    private final List<Mount> mounts = new ArrayList<>();

    private final EngineNotation notation;
    private final EngineObjects known;

    VolumeReader(GoValue body, EngineNotation notation, EngineObjects known) throws MalformedBodyException {
        this.notation = notation;
        this.known = known;
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
            ofAnotherContainer(from);
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
        String mode = parts.length == MOST_PARTS ? parts[2] : "";
        Setting<String> propagation = new Setting.Absent<>(bind.path(), Notation.plain(), UNSAID);
        for (String option : mode.split(",", -1)) {
            if (PROPAGATIONS.contains(option)) {
                propagation = new Setting.Declared<>(option, bind.path(), bind.text(), Notation.plain());
            }
        }
        String head = parts.length == 1 ? target : source + ":" + target;
        Target at = new Target(
                target,
                bind.path(),
                propagation,
                MountAccess.readOnly(bind, head, mode),
                MountAccess.submounts(bind.path()));
        if (source.startsWith("/") || source.startsWith("\\")) {
            add(hostPath(source, bind.path(), bind.text()), "bind", at);
        } else {
            volumes.add(new Volume(source, bind.path(), List.of("volume"), null));
            mounts.add(at.mount(source, false));
            openedBy(source, bind.path(), at);
        }
    }

    /** A volume that the engine has already may open paths of the host, by options that were given when it was made. */
    private void openedBy(String volume, FieldPath named, Target at) throws MalformedBodyException {
        for (String path : known.hostPathsOf(volume)) {
            add(hostPath(path, named, path), "volume", at);
        }
    }

    /** A volume of which nothing is known but that it is there. */
    private void unresolved(GoValue volume, String why) {
        Setting<String> propagation = new Setting.Inexpressible<>(why);
        Setting<Boolean> readOnly = new Setting.Inexpressible<>(why);
        volumes.add(new Volume(why, volume.path(), List.of(), null, Volume.Origin.UNKNOWN));
        Target somewhere = new Target("", volume.path(), propagation, readOnly, new Setting.Inexpressible<>(why));
        mounts.add(somewhere.mount("", true));
    }

    /** {@code container[:mode]}; in compose files {@code container:} may stand before it. */
    private void ofAnotherContainer(GoValue from) throws MalformedBodyException {
        int name = from.text().startsWith(CONTAINER) ? CONTAINER.length() : 0;
        int colon = from.text().indexOf(':', name);
        String[] parts = colon < 0
                ? new String[] {from.text()}
                : new String[] {from.text().substring(0, colon), from.text().substring(colon + 1)};
        Optional<Mounted> others = known.mountedBy(parts[0].substring(name));
        if (others.isPresent()) {
            taken(others.get(), from, parts[0], parts.length == 1 ? "" : parts[1]);
            return;
        }
        volumes.add(new Volume(parts[0].substring(name), from.path(), List.of(), null, Volume.Origin.OTHER_CONTAINER));
        Target everywhere = new Target(
                "",
                from.path(),
                new Setting.Absent<>(from.path(), Notation.plain(), UNSAID),
                MountAccess.readOnly(from, parts[0], parts.length == 1 ? "" : parts[1]),
                MountAccess.submounts(from.path()));
        mounts.add(everywhere.mount(parts[0], true));
    }

    /** All that another container has mounted, as it has it or, where that is said, read-only. */
    private void taken(Mounted others, GoValue from, String container, String mode) {
        for (Volume other : others.volumes()) {
            Setting.Declared<String> opened = other.hostPath();
            Setting.Declared<String> path = opened == null ? null : hostPath(opened.value(), from.path(), from.text());
            volumes.add(new Volume(other.name(), from.path(), other.sources(), path, other.origin()));
        }
        for (Mount other : others.mounts()) {
            boolean asItIs =
                    mode.isEmpty() && Boolean.TRUE.equals(other.readOnly().effective());
            mounts.add(new Mount(
                    other.volume(),
                    other.mountPath(),
                    from.path(),
                    other.ofHost(),
                    other.propagation(),
                    asItIs ? other.readOnly() : MountAccess.readOnly(from, container, mode),
                    MountAccess.submounts(from.path())));
        }
    }

    private void mount(GoValue mount) throws MalformedBodyException {
        String unknown = mount.unknown();
        if (unknown != null) {
            unresolved(mount, unknown);
            return;
        }
        String type = mount.field("Type").text();
        GoValue source = mount.field("Source");
        String target = mount.field("Target").text();
        GoValue options = mount.field("BindOptions");
        GoValue said = options.field("Propagation");
        Setting<String> propagation = said.text().isEmpty()
                ? new Setting.Absent<>(said.path(), Notation.plain(), UNSAID)
                : new Setting.Declared<>(said.text(), said.path());
        // The engine refuses a read-only volume without a name, so there is none to offer.
        boolean anonymous = type.equals("volume") && source.text().isEmpty();
        GoValue flag = mount.field("ReadOnly");
        Setting<Boolean> readOnly = flag.flag() || anonymous
                ? new Setting.Declared<>(flag.flag(), flag.path())
                : new Setting.Absent<>(flag.path(), notation.readOnlyMount(), false);
        GoValue onlyTop = options.field("ReadOnlyNonRecursive");
        Setting<Boolean> submounts =
                onlyTop.flag() && !options.field("NonRecursive").flag()
                        ? notation.writableBelow(onlyTop.path())
                        : MountAccess.submounts(onlyTop.path());
        Target at = new Target(target, mount.path(), propagation, readOnly, submounts);
        if (!WITHOUT_HOST_PATH.contains(type)) {
            add(hostPath(source.text(), source.path(), source.text()), type, at);
            return;
        }
        volumes.add(new Volume(source.text(), mount.path(), List.of(type), null));
        mounts.add(at.mount(source.text(), false));
        openedBy(type.equals("volume") ? source.text() : "", source.path(), at);
        GoValue driver = mount.field("VolumeOptions").field("DriverConfig");
        for (Setting.Declared<String> opened :
                VolumeDriver.hostPaths(driver.field("Name").text(), driver.field("Options"))) {
            add(opened, "volume", at);
        }
    }

    private static Setting.Declared<String> hostPath(String value, FieldPath path, String raw) {
        return new Setting.Declared<>(value, path, raw, Notation.plain());
    }

    private void add(Setting.Declared<String> hostPath, String type, Target target) {
        Volume.Origin origin = notation.providesFile(type) ? Volume.Origin.PROVIDED_FILE : Volume.Origin.ITSELF;
        volumes.add(new Volume("", target.path(), List.of(type), hostPath, origin));
        mounts.add(target.mount("", true));
    }

    private void add(String name, String type, String target, FieldPath path) {
        volumes.add(new Volume(name, path, List.of(type), null));
        mounts.add(new Mount(
                name,
                target,
                path,
                false,
                new Setting.Absent<>(path, Notation.plain(), UNSAID),
                new Setting.Absent<>(path, Notation.plain(), false),
                MountAccess.submounts(path)));
    }
}
