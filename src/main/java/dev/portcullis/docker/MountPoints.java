package dev.portcullis.docker;

import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Mounts} that an engine lists for a container it has: what the container asked for, what it has from other
 * containers and from its image, and where the engine keeps each. The engine lists no {@code Tmpfs}, and of a volume of its
 * own not what its driver's options open.
 */
final class MountPoints {
    private static final String UNSAID = "rprivate";

    private final List<Volume> volumes;
    private final List<Mount> mounts;
    private final Set<String> told;
    private final EngineObjects known;

    private MountPoints(Mounted said, EngineObjects known) {
        this.known = known;
        this.volumes = said.volumes().stream()
                .filter(volume -> !volume.isOfAnotherContainer())
                .collect(Collectors.toCollection(ArrayList::new));
        this.mounts = said.mounts().stream()
                .filter(mount -> !mount.mountPath().isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        this.told = mounts.stream().map(MountPoints::place).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What a container asked for, and beyond it what it has.
     *
     * @param said what it asked for
     * @param list the engine's list; where there is none, that is all
     * @param known what is known of the volumes in it
     */
    static Mounted read(Mounted said, GoValue list, EngineObjects known) throws MalformedBodyException {
        if (!list.isSet()) {
            return said;
        }
        MountPoints points = new MountPoints(said, known);
        for (GoValue point : list.elements()) {
            points.add(point);
            points.openedBy(point);
        }
        return new Mounted(points.volumes, points.mounts);
    }

    /** What the options of a volume open, which the list does not tell. */
    private void openedBy(GoValue point) throws MalformedBodyException {
        if (!point.field("Type").text().equals("volume")) {
            return;
        }
        for (String opened : known.hostPathsOf(point.field("Name").text())) {
            add(point, new Setting.Declared<>(opened, point.field("Name").path(), opened, Notation.plain()));
        }
    }

    private void add(GoValue point) {
        boolean ofHost = opensHost(point);
        String target = point.field("Destination").text();
        if (told.contains(place(target, ofHost)) || (!ofHost && told.contains(place(target, true)))) {
            return;
        }
        GoValue source = point.field("Source");
        add(
                point,
                ofHost ? new Setting.Declared<>(source.text(), source.path(), source.text(), Notation.plain()) : null);
    }

    private void add(GoValue point, Setting.@Nullable Declared<String> hostPath) {
        String name = point.field("Name").text();
        volumes.add(new Volume(name, point.path(), List.of(point.field("Type").text()), hostPath));
        GoValue propagation = point.field("Propagation");
        GoValue writable = point.field("RW");
        mounts.add(new Mount(
                name,
                point.field("Destination").text(),
                point.path(),
                hostPath != null,
                propagation.text().isEmpty()
                        ? new Setting.Absent<>(propagation.path(), Notation.plain(), UNSAID)
                        : new Setting.Declared<>(propagation.text(), propagation.path()),
                new Setting.Declared<>(!writable.flag(), writable.path(), writable.flag(), Notation.inverted()),
                MountAccess.submounts(point.path())));
    }

    /** A volume is kept in a folder of its name, or by a plugin in the engine's own folder; elsewhere it is what is there. */
    private static boolean opensHost(GoValue point) {
        String source = point.field("Source").text();
        return switch (point.field("Type").text()) {
            case "bind" -> true;
            case "volume" -> isElsewhere(source, point.field("Name").text());
            default -> false;
        };
    }

    /** Whether the place of a volume is none where an engine or a plugin keeps one. */
    static boolean isElsewhere(String source, String volume) {
        String folders = source + "/";
        return source.startsWith("/") && !folders.contains("/" + volume + "/") && !folders.contains("/plugins/");
    }

    private static String place(Mount mount) {
        return place(mount.mountPath(), mount.ofHost());
    }

    private static String place(String target, boolean ofHost) {
        int end = target.length();
        while (end > 0 && target.charAt(end - 1) == '/') {
            end--;
        }
        return ofHost + target.substring(0, end);
    }
}
