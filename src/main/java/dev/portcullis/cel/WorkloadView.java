package dev.portcullis.cel;

import dev.portcullis.workload.Container;
import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.ImageReference;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variable {@code workload}: what pods and Docker containers have in common, as it is in effect. A member is absent where
 * nothing is declared and the platform's default is not known.
 */
final class WorkloadView {
    private WorkloadView() {}

    static Map<String, Object> of(Workload workload) {
        Members view = new Members()
                .put("platform", workload.platform().id())
                .put("kind", workload.subject().kind())
                .put("namespace", workload.subject().namespace())
                .put("name", workload.subject().name())
                .put("windows", workload.windows())
                .put("hostPID", isHost(workload.hostPid()))
                .put("hostIPC", isHost(workload.hostIpc()))
                .put("hostNetwork", isHost(workload.hostNetwork()))
                .put("hostUsers", workload.hostUsers().effective())
                .put("runtime", workload.runtime().effective())
                .put("volumes", volumes(workload));
        List<Object> containers = new ArrayList<>();
        workload.containers().forEach(container -> containers.add(container(container)));
        return view.put("containers", containers).members;
    }

    private static @Nullable Boolean isHost(Setting<NamespaceSharing> setting) {
        NamespaceSharing sharing = setting.effective();
        return sharing == null ? null : sharing == NamespaceSharing.HOST;
    }

    private static List<Object> volumes(Workload workload) {
        List<Object> volumes = new ArrayList<>();
        for (Volume volume : workload.volumes()) {
            Setting.Declared<String> hostPath = volume.hostPath();
            volumes.add(new Members()
                    .put("name", volume.name())
                    .put("hostPath", hostPath == null ? null : hostPath.value())
                    .members);
        }
        return volumes;
    }

    private static Map<String, Object> container(Container container) {
        return new Members()
                .put("name", container.name())
                .put("kind", container.kind().name().toLowerCase(Locale.ROOT))
                .put("image", container.image().effective())
                .put("registry", registry(container))
                .put("privileged", container.privileged().effective())
                .put(
                        "readOnlyRootFilesystem",
                        container.readOnlyRootFilesystem().effective())
                .put("noNewPrivileges", container.noNewPrivileges().effective())
                .put("runAsNonRoot", container.runAsNonRoot().inForce().effective())
                .put("runAsUser", user(container))
                .put("capabilitiesAdded", container.capabilitiesAdded().effective())
                .put("capabilitiesDropped", container.capabilitiesDropped().effective())
                .put("seccompProfile", profile(container.seccompProfile().inForce()))
                .put("appArmorProfile", profile(container.appArmorProfile().inForce()))
                .put("pidsLimit", container.pidsLimit().effective())
                .put("memoryLimit", container.memoryLimit().effective())
                .put("cpuLimit", container.cpuLimit().effective())
                .put("hostPorts", texts(container.hostPorts()))
                .put("environment", environment(container))
                .members;
    }

    private static @Nullable String registry(Container container) {
        String image = container.image().effective();
        return image == null
                ? null
                : ImageReference.parse(image).map(ImageReference::registry).orElse(null);
    }

    private static @Nullable String user(Container container) {
        ContainerUser user = container.runAsUser().inForce().effective();
        if (user == null) {
            return null;
        }
        return user.uid() == null ? user.name() : String.valueOf(user.uid());
    }

    private static @Nullable String profile(Setting<SecurityProfile> setting) {
        SecurityProfile profile = setting.effective();
        if (profile == null) {
            return null;
        }
        return switch (profile.type()) {
            case RUNTIME_DEFAULT -> "RuntimeDefault";
            case LOCALHOST -> "Localhost";
            case INLINE -> "Inline";
            case UNCONFINED -> "Unconfined";
            case UNKNOWN -> "Unknown";
        };
    }

    private static List<Object> texts(Setting<List<Setting.Declared<String>>> setting) {
        List<Object> texts = new ArrayList<>();
        List<Setting.Declared<String>> declared = setting.effective();
        if (declared != null) {
            declared.forEach(one -> texts.add(one.value()));
        }
        return texts;
    }

    /** Names alone: values may be secrets, which a message would tell. */
    private static List<Object> environment(Container container) {
        List<Object> names = new ArrayList<>();
        container.environment().forEach(variable -> names.add(variable.value().name()));
        return names;
    }

    /** Members that are there. */
    private static final class Members {
        private final Map<String, Object> members = new LinkedHashMap<>();

        private Members put(String name, @Nullable Object value) {
            if (value != null) {
                members.put(name, value);
            }
            return this;
        }
    }
}
