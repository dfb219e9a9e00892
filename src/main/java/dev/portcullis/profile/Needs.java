package dev.portcullis.profile;

import dev.portcullis.check.Words;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.DeviceGrant;
import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Port;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a container evidently needs: what its declaration says it does. What it runs and reads cannot be told from there.
 *
 * @param what the container as a person would say it: {@code Pod shop/web, container app}
 * @param capabilities those it has
 * @param added those of them that it asked for, which it will use
 * @param ports the ports it says it listens on
 * @param networked whether it has a network
 * @param readOnlyRoot whether its root file system is read-only
 * @param places what is mounted into it, where that is known
 * @param devices paths of devices it is given
 * @param kubernetes whether it is one of a pod
 * @param notes what could not be taken into account, a sentence each
 */
public record Needs(
        String what,
        Capabilities capabilities,
        Capabilities added,
        List<Port> ports,
        boolean networked,
        boolean readOnlyRoot,
        List<Place> places,
        List<String> devices,
        boolean kubernetes,
        List<String> notes) {

    /**
     * Something that is mounted into a container.
     *
     * @param path where, absolute, as its author wrote it
     * @param writable whether the container may write there
     * @param what the kind of it: {@code emptyDir}, {@code tmpfs}, {@code hostPath}; empty where that is not known
     * @param hostPath the path of the host that it opens, null where it opens none
     */
    public record Place(
            String path,
            boolean writable,
            String what,
            @Nullable String hostPath) {}

    /** What a container of a workload needs. */
    public static Needs of(Workload workload, Container container) throws ProfileException {
        String what = container.name().isEmpty()
                        || container.name().equals(workload.subject().name())
                ? workload.subject().display()
                : workload.subject().display() + ", container " + container.name();
        if (workload.windows()) {
            throw new ProfileException(what, "is for Windows, which has neither AppArmor nor seccomp", "leave it out");
        }
        if (Boolean.TRUE.equals(container.privileged().effective())) {
            throw new ProfileException(
                    what,
                    "is privileged, which no profile confines",
                    "take privileged away and add the capabilities and devices it needs");
        }
        return new Reading(workload, container, what).needs();
    }

    private static final class Reading {
        private final Workload workload;
        private final Container container;
        private final String what;
        private final List<String> notes = new ArrayList<>();

        Reading(Workload workload, Container container, String what) {
            this.workload = workload;
            this.container = container;
            this.what = what;
        }

        Needs needs() throws ProfileException {
            List<String> added =
                    Objects.requireNonNullElse(container.capabilitiesAdded().effective(), List.of());
            List<String> dropped =
                    Objects.requireNonNullElse(container.capabilitiesDropped().effective(), List.of());
            boolean isolated = workload.networkIsolated() instanceof Setting.Declared<Boolean> said
                    && said.value()
                    && "none".equals(said.raw());
            Subject subject = workload.subject();
            return new Needs(
                    what,
                    Capabilities.of(what, dropped, added),
                    Capabilities.of(what, List.of("ALL"), added),
                    container.conduct().ports().stream()
                            .map(Setting.Declared::value)
                            .distinct()
                            .toList(),
                    !isolated,
                    Boolean.TRUE.equals(container.readOnlyRootFilesystem().effective()),
                    places(),
                    devices(),
                    subject.platform() == Platform.KUBERNETES,
                    notes);
        }

        private List<Place> places() throws ProfileException {
            List<Place> places = new ArrayList<>();
            for (Mount mount : container.mounts()) {
                if (mount.mountPath().isEmpty()) {
                    notes.add("what " + mount.path().field() + " mounts is not known here, and not allowed");
                    continue;
                }
                Optional<Volume> volume = volume(mount);
                boolean writable = !Boolean.TRUE.equals(mount.readOnly().effective());
                String sources =
                        volume.map(of -> String.join(" and ", of.sources())).orElse("");
                Setting.Declared<String> opened =
                        volume.isPresent() ? volume.get().hostPath() : null;
                places.add(new Place(absolute(mount), writable, sources, opened == null ? null : opened.value()));
            }
            return places;
        }

        private String absolute(Mount mount) throws ProfileException {
            String path = mount.mountPath().startsWith("/") ? mount.mountPath() : "/" + mount.mountPath();
            for (String step : path.split("/", -1)) {
                if (step.equals("..") || step.equals(".")) {
                    throw new ProfileException(
                            mount.path().field(),
                            "is mounted at " + Words.value(mount.mountPath()),
                            "write the path without . and ..");
                }
            }
            return path;
        }

        /** By its name, or, as binds have none, by the place of both. */
        private Optional<Volume> volume(Mount mount) {
            return workload.volumes().stream()
                    .filter(volume -> mount.volume().isEmpty()
                            ? volume.path().equals(mount.path())
                            : volume.name().equals(mount.volume()))
                    .findFirst();
        }

        private List<String> devices() {
            List<String> paths = new ArrayList<>();
            List<Setting.Declared<DeviceGrant>> granted =
                    container.hostAccess().devices().effective();
            for (Setting.Declared<DeviceGrant> grant :
                    granted == null ? List.<Setting.Declared<DeviceGrant>>of() : granted) {
                String path = grant.value().path();
                if (path == null || !path.startsWith("/")) {
                    notes.add(grant.path().field() + " may open devices that are not named, and not allowed");
                } else {
                    paths.add(path);
                }
            }
            return paths;
        }
    }
}
