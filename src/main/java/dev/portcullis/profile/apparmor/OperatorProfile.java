package dev.portcullis.profile.apparmor;

import dev.portcullis.check.Words;
import dev.portcullis.profile.Capabilities;
import dev.portcullis.profile.ManifestText;
import dev.portcullis.profile.Operator;
import dev.portcullis.profile.ProfileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Writes a description as the Security Profiles Operator's AppArmorProfile. What that lets be read only it denies being written,
 * so that only what holds nothing writable may be said so; what may be executed or mapped may be read without that.
 */
final class OperatorProfile {
    /** What the operator takes as a path. */
    private static final Pattern TAKEN = Pattern.compile("/(?:[a-zA-Z0-9_./*?+@ -]|@\\{[a-zA-Z0-9_]+\\})*");

    private static final String EVERYTHING = "/**";

    private final Description of;
    private final Mode mode;

    OperatorProfile(Description of, Mode mode) {
        this.of = of;
        this.mode = mode;
    }

    String yaml() throws ProfileException {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("mode", mode == Mode.complain ? "Complain" : "Enforce");
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("executable", executable());
        parts.put("filesystem", filesystem());
        parts.put("network", network());
        parts.put("capability", Map.of("allowedCapabilities", capabilities()));
        Map<String, Object> ptrace = new LinkedHashMap<>();
        ptrace.put("allowedAccess", List.of("read", "readby", "trace", "tracedby"));
        ptrace.put("peer", "@{profile_name}");
        parts.put("ptrace", ptrace);
        spec.put("abstract", parts);
        return ManifestText.of(comments(), Operator.resource("AppArmorProfile", of.name(), spec));
    }

    private List<String> comments() {
        List<String> lines = new ArrayList<>(of.origin());
        lines.addAll(of.notes());
        lines.add("Use it in a pod's securityContext: appArmorProfile: {type: Localhost, localhostProfile: "
                + of.name().objectName() + "}");
        if (!of.forbidden().isEmpty()) {
            lines.add("Not covered: the operator has no rules for what is forbidden, here "
                    + Words.value(of.forbidden().stream()
                            .map(PathPattern::text)
                            .sorted()
                            .toList()) + ".");
        }
        if (!of.logged().isEmpty()) {
            lines.add("Not covered: the operator logs what is denied, and no writes that are allowed.");
        }
        return lines;
    }

    private Map<String, Object> executable() throws ProfileException {
        Map<String, Object> rules = new LinkedHashMap<>();
        List<String> named = paths(of.executable());
        rules.put("allowedExecutables", named.isEmpty() ? List.of(EVERYTHING) : named);
        rules.put("allowedLibraries", of.readable().isEmpty() ? List.of(EVERYTHING) : paths(of.readable()));
        return rules;
    }

    private Map<String, Object> filesystem() throws ProfileException {
        List<PathPattern> writable = of.writable().patterns();
        List<PathPattern> readOnly = of.readOnly().stream()
                .filter(pattern -> writable.stream().noneMatch(pattern::mayMeet))
                .filter(pattern ->
                        !pattern.literal().equals("/dev/") && !pattern.literal().equals("/proc/"))
                .toList();
        Map<String, Object> rules = new LinkedHashMap<>();
        if (!readOnly.isEmpty()) {
            rules.put("readOnlyPaths", paths(readOnly));
        }
        NavigableSet<String> both = new TreeSet<>(List.of("/dev/null", "/dev/pts/*", "/dev/shm/**", "/dev/tty"));
        if (of.kubernetes()) {
            both.add("/dev/termination-log");
        }
        both.addAll(of.writable().everywhere() ? List.of(EVERYTHING) : paths(writable));
        rules.put("readWritePaths", List.copyOf(both));
        return rules;
    }

    private Map<String, Object> network() {
        Map<String, Object> protocols = new LinkedHashMap<>();
        protocols.put("allowTcp", of.network().protocols().contains("tcp"));
        protocols.put("allowUdp", of.network().protocols().contains("udp"));
        Map<String, Object> rules = new LinkedHashMap<>();
        rules.put("allowRaw", of.network().raw());
        rules.put("allowedProtocols", protocols);
        return rules;
    }

    private List<String> capabilities() {
        Capabilities capabilities = of.capabilities();
        return List.copyOf(capabilities.all() ? Capabilities.known() : capabilities.names());
    }

    /** As the operator takes them, which knows no alternatives. */
    private static List<String> paths(List<PathPattern> patterns) throws ProfileException {
        NavigableSet<String> paths = new TreeSet<>();
        for (PathPattern pattern : patterns) {
            List<String> texts = pattern.isTree()
                    ? List.of(pattern.literal(), pattern.literal() + "/", pattern.literal() + "/**")
                    : List.of(pattern.text());
            for (String text : texts) {
                if (!TAKEN.matcher(text).matches()) {
                    throw new ProfileException(
                            Words.value(text),
                            "has characters that the Security Profiles Operator does not take",
                            "use -o text, or another path");
                }
                paths.add(text);
            }
        }
        return List.copyOf(paths);
    }
}
