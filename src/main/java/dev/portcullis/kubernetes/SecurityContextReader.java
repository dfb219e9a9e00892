package dev.portcullis.kubernetes;

import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.PodSecurity;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.SelinuxOptions;
import dev.portcullis.workload.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a pod's and a container's {@code securityContext} have in common. */
final class SecurityContextReader {
    private static final Notation<ContainerUser> USER =
            (path, user) -> new Edit.Set(path, Objects.requireNonNull(user.uid()));

    private static final Notation<SecurityProfile> PROFILE = SecurityContextReader::writeProfile;

    private SecurityContextReader() {}

    static PodSecurity pod(Fields context) throws MalformedObjectException {
        return new PodSecurity(
                context.flagSetting("runAsNonRoot", null),
                runAsUser(context),
                profile(context, "seccompProfile"),
                profile(context, "appArmorProfile"),
                selinux(context),
                hostProcess(context));
    }

    static Setting<ContainerUser> runAsUser(Fields context) throws MalformedObjectException {
        Long uid = context.number("runAsUser", 0, Long.MAX_VALUE);
        FieldPath path = context.pathOf("runAsUser");
        return uid == null
                ? new Setting.Absent<>(path, USER)
                : new Setting.Declared<>(new ContainerUser(uid, null), path, uid, USER);
    }

    static Setting<SecurityProfile> profile(Fields context, String name) throws MalformedObjectException {
        Fields profile = context.object(name);
        if (!profile.isPresent()) {
            return new Setting.Absent<>(profile.path(), PROFILE);
        }
        String type = profile.text("type");
        String localhost = profile.text("localhostProfile");
        FieldPath path = type != null && type.equals("Localhost") && localhost != null
                ? profile.pathOf("localhostProfile")
                : profile.pathOf("type");
        String raw = type != null && type.equals("Localhost") && localhost != null ? localhost : type;
        return new Setting.Declared<>(
                new SecurityProfile(type(type), localhost),
                path,
                raw == null ? "" : raw,
                (at, wanted) -> rewrite(profile, localhost, wanted));
    }

    /** What stands in the profile already is taken into account: beside a name the whole of it is written anew. */
    private static Edit rewrite(Fields profile, @Nullable String localhost, SecurityProfile wanted) {
        return wanted.equals(SecurityProfile.RUNTIME_DEFAULT) && localhost == null
                ? new Edit.Set(profile.pathOf("type"), "RuntimeDefault")
                : writeProfile(profile.path(), wanted);
    }

    private static SecurityProfile.Type type(@Nullable String type) {
        return switch (type) {
            case "RuntimeDefault" -> SecurityProfile.Type.RUNTIME_DEFAULT;
            case "Localhost" -> SecurityProfile.Type.LOCALHOST;
            case "Unconfined" -> SecurityProfile.Type.UNCONFINED;
            case null, default -> SecurityProfile.Type.UNKNOWN;
        };
    }

    private static Edit writeProfile(FieldPath path, SecurityProfile profile) {
        Map<String, Object> written = new LinkedHashMap<>();
        switch (profile.type()) {
            case RUNTIME_DEFAULT -> written.put("type", "RuntimeDefault");
            case LOCALHOST -> {
                written.put("type", "Localhost");
                written.put("localhostProfile", Objects.requireNonNull(profile.name()));
            }
            default -> throw new IllegalArgumentException("nobody sets " + profile);
        }
        return new Edit.Set(path, written);
    }

    static Setting<SelinuxOptions> selinux(Fields context) throws MalformedObjectException {
        Fields options = context.object("seLinuxOptions");
        if (!options.isPresent()) {
            return new Setting.Absent<>(options.path(), Notation.plain());
        }
        Map<String, Object> raw = new LinkedHashMap<>();
        for (String name : new String[] {"user", "role", "type", "level"}) {
            String value = options.text(name);
            if (value != null) {
                raw.put(name, value);
            }
        }
        SelinuxOptions read = new SelinuxOptions(said(raw, "type"), said(raw, "user"), said(raw, "role"), false);
        return new Setting.Declared<>(read, options.path(), raw, Notation.plain());
    }

    private static String said(Map<String, Object> raw, String name) {
        return (String) raw.getOrDefault(name, "");
    }

    static Setting<Boolean> hostProcess(Fields context) throws MalformedObjectException {
        return context.object("windowsOptions").flagSetting("hostProcess", false);
    }
}
