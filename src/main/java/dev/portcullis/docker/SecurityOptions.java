package dev.portcullis.docker;

import dev.portcullis.seccomp.SeccompException;
import dev.portcullis.seccomp.Strictness;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.SecurityProfile;
import dev.portcullis.workload.SelinuxOptions;
import dev.portcullis.workload.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of {@code HostConfig.SecurityOpt} as the engine's {@code parseSecurityOpt} reads them: {@code key=value},
 * {@code key:value} where there is no equals sign, or a bare flag; of several with one key the last counts, but labels add
 * up. What the engine refuses is refused.
 */
final class SecurityOptions {
    private static final String NO_NEW_PRIVILEGES = "no-new-privileges";
    private static final String WRITABLE_CGROUPS = "writable-cgroups";

    private final FieldPath list;
    private Set<String> capabilities = Set.of();
    private final List<GoValue> labels = new ArrayList<>();
    private boolean labelDisabled;
    private String labelType = "";
    private String labelUser = "";
    private String labelRole = "";
    private Setting<Boolean> noNewPrivileges;
    private Setting<SecurityProfile> seccomp;
    private @Nullable Inline inline;
    private Setting<SecurityProfile> appArmor;
    private Setting<Boolean> cgroupsReadOnly;
    private @Nullable Setting<Boolean> systemPathsMasked;
    private @Nullable String selinuxUnknown;

    private SecurityOptions(FieldPath list) {
        this.list = list;
        noNewPrivileges = new Setting.Absent<>(list, appending(SecurityOptions::noNewPrivileges), false);
        cgroupsReadOnly = new Setting.Absent<>(list, appending(SecurityOptions::cgroupsReadOnly), true);
        seccomp = new Setting.Absent<>(list, appending(SecurityOptions::seccomp), SecurityProfile.RUNTIME_DEFAULT);
        appArmor = new Setting.Absent<>(list, appending(SecurityOptions::appArmor), SecurityProfile.RUNTIME_DEFAULT);
    }

    /** @param capabilities those that the container has, by which rules of a seccomp profile may ask */
    static SecurityOptions read(GoValue securityOpt, Set<String> capabilities) throws MalformedBodyException {
        SecurityOptions options = new SecurityOptions(securityOpt.path());
        options.capabilities = capabilities;
        String unknown = null;
        for (GoValue option : securityOpt.elements()) {
            String why = option.unknown();
            if (why == null) {
                options.read(option, option.text());
            } else if (option.isSet()) {
                options.seccomp = new Setting.Inexpressible<>(why);
            } else {
                unknown = why;
            }
        }
        String whole = securityOpt.elements().isEmpty() ? securityOpt.unknown() : unknown;
        if (whole != null) {
            options.forget(whole);
        }
        options.compare();
        return options;
    }

    /** An option that is not known may be any of them, and the last one counts. */
    private void forget(String why) {
        noNewPrivileges = new Setting.Inexpressible<>(why);
        seccomp = new Setting.Inexpressible<>(why);
        appArmor = new Setting.Inexpressible<>(why);
        cgroupsReadOnly = new Setting.Inexpressible<>(why);
        systemPathsMasked = new Setting.Inexpressible<>(why);
        selinuxUnknown = why;
    }

    /** Whether no_new_privs is set; an engine may do so by its own default, which no body shows. */
    Setting<Boolean> noNewPrivileges() {
        return noNewPrivileges;
    }

    Setting<SecurityProfile> seccomp() {
        return seccomp;
    }

    Setting<SecurityProfile> appArmor() {
        return appArmor;
    }

    Setting<SelinuxOptions> selinux() {
        if (selinuxUnknown != null) {
            return new Setting.Inexpressible<>(selinuxUnknown);
        }
        if (labels.isEmpty()) {
            return new Setting.Absent<>(list, Notation.plain());
        }
        SelinuxOptions options = new SelinuxOptions(labelType, labelUser, labelRole, labelDisabled);
        return labels.size() == 1
                ? new Setting.Declared<>(
                        options, labels.getFirst().path(), labels.getFirst().text(), Notation.plain())
                : new Setting.Declared<>(
                        options, list, labels.stream().map(GoValue::text).toList(), Notation.plain());
    }

    /** Whether the container cannot change control groups. */
    Setting<Boolean> cgroupsReadOnly() {
        return cgroupsReadOnly;
    }

    /** What the options say about the kernel's own files, each whether they are protected as usual. */
    List<Setting<Boolean>> kernelPaths() {
        List<Setting<Boolean>> said = new ArrayList<>(1);
        if (systemPathsMasked != null) {
            said.add(systemPathsMasked);
        }
        return said;
    }

    private void read(GoValue option, String text) throws MalformedBodyException {
        switch (text) {
            case NO_NEW_PRIVILEGES -> noNewPrivileges = declared(option, true, SecurityOptions::noNewPrivileges);
            case WRITABLE_CGROUPS -> cgroupsReadOnly = declared(option, false, SecurityOptions::cgroupsReadOnly);
            case "disable" -> label(option, text);
            default -> {
                int equals = text.indexOf('=');
                int separator = equals < 0 ? text.indexOf(':') : equals;
                if (separator < 0) {
                    throw unknown(option, text);
                }
                read(option, text.substring(0, separator), text.substring(separator + 1));
            }
        }
    }

    private void read(GoValue option, String key, String value) throws MalformedBodyException {
        switch (key) {
            case "label" -> label(option, value);
            case "apparmor" -> appArmor = declared(option, appArmorProfile(value), SecurityOptions::appArmor);
            case "seccomp" -> {
                seccomp = declared(option, seccompProfile(value), SecurityOptions::seccomp);
                inline = new Inline(option, value);
            }
            case NO_NEW_PRIVILEGES ->
                noNewPrivileges = declared(option, flag(option, value), SecurityOptions::noNewPrivileges);
            case WRITABLE_CGROUPS ->
                cgroupsReadOnly = declared(option, !flag(option, value), SecurityOptions::cgroupsReadOnly);
            // The client turns it into empty lists of paths; engines that take it as it is do the same.
            case "systempaths" ->
                systemPathsMasked = declared(option, !value.equals("unconfined"), masked -> "systempaths=" + masked);
            default -> throw unknown(option, key);
        }
    }

    private void label(GoValue option, String value) {
        labels.add(option);
        int colon = value.indexOf(':');
        String said = value.substring(colon + 1);
        switch (colon < 0 ? value : value.substring(0, colon)) {
            case "disable" -> labelDisabled |= colon < 0;
            case "type" -> labelType = said;
            case "user" -> labelUser = said;
            case "role" -> labelRole = said;
            default -> {
                // level and filetype give away nothing; others are errors to engines with SELinux, nothing to those
                // without
            }
        }
    }

    private SecurityProfile seccompProfile(String value) {
        return switch (value) {
            case "", "builtin" -> SecurityProfile.RUNTIME_DEFAULT;
            case "unconfined" -> SecurityProfile.UNCONFINED;
            default -> new SecurityProfile(SecurityProfile.Type.INLINE, sha256(value));
        };
    }

    /** The last profile alone counts, so that no request has more than one of them compared. */
    private void compare() {
        if (inline != null
                && seccomp instanceof Setting.Declared<SecurityProfile> declared
                && declared.value().type() == SecurityProfile.Type.INLINE) {
            SecurityProfile compared = new SecurityProfile(
                    SecurityProfile.Type.INLINE, declared.value().name(), looseness(inline.json()));
            seccomp = declared(inline.option(), compared, SecurityOptions::seccomp);
        }
    }

    private SecurityProfile.Looseness looseness(String json) {
        try {
            return new SecurityProfile.Looseness(Strictness.beyondDefault(json, capabilities), "");
        } catch (SeccompException unclear) {
            return new SecurityProfile.Looseness(List.of(), String.valueOf(unclear.getMessage()));
        }
    }

    private static SecurityProfile appArmorProfile(String value) {
        return switch (value) {
            case "", "docker-default" -> SecurityProfile.RUNTIME_DEFAULT;
            case "unconfined" -> SecurityProfile.UNCONFINED;
            default -> new SecurityProfile(SecurityProfile.Type.LOCALHOST, value);
        };
    }

    private static boolean flag(GoValue option, String value) throws MalformedBodyException {
        return GoFlag.parse(value)
                .orElseThrow(() -> new MalformedBodyException(
                        option.path(), "is " + MalformedBodyException.quoted(option.text()), "write =true or =false"));
    }

    private static MalformedBodyException unknown(GoValue option, String name) {
        return new MalformedBodyException(
                option.path(),
                "names " + MalformedBodyException.quoted(name) + ", which is no security option of the engine",
                "use apparmor, label, no-new-privileges, seccomp or writable-cgroups");
    }

    private static <T> Setting.Declared<T> declared(GoValue option, T value, Spelling<T> spelling) {
        return new Setting.Declared<>(
                value, option.path(), option.text(), (path, other) -> new Edit.Set(path, spelling.of(other)));
    }

    private static <T> Notation<T> appending(Spelling<T> spelling) {
        return (path, value) -> new Edit.Append(path, spelling.of(value));
    }

    private static String noNewPrivileges(boolean on) {
        return NO_NEW_PRIVILEGES + "=" + on;
    }

    private static String cgroupsReadOnly(boolean readOnly) {
        return WRITABLE_CGROUPS + "=" + !readOnly;
    }

    private static String seccomp(SecurityProfile profile) {
        return "seccomp=" + (profile.type() == SecurityProfile.Type.RUNTIME_DEFAULT ? "builtin" : profile.name());
    }

    private static String appArmor(SecurityProfile profile) {
        return "apparmor="
                + (profile.type() == SecurityProfile.Type.RUNTIME_DEFAULT ? "docker-default" : profile.name());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A profile that is written out, or a word for one. */
    private record Inline(GoValue option, String json) {}

    /** How an option is written. */
    private interface Spelling<T> {
        String of(T value);
    }
}
