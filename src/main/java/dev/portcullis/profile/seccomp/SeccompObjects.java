package dev.portcullis.profile.seccomp;

import dev.portcullis.profile.ManifestText;
import dev.portcullis.profile.Operator;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import dev.portcullis.seccomp.ArgumentFilter;
import dev.portcullis.seccomp.SeccompProfile;
import dev.portcullis.seccomp.SyscallRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts a seccomp profile that was flattened into Kubernetes' objects. */
public final class SeccompObjects {
    /** What the operator's API does not know. */
    private static final Set<String> UNKNOWN_ARCHITECTURES = Set.of("SCMP_ARCH_LOONGARCH64");

    private SeccompObjects() {}

    /**
     * A resource of the Security Profiles Operator.
     *
     * @param origin what it was made from, a line each
     * @throws ProfileException where the operator has no words for it
     */
    public static String operator(ProfileName name, List<String> origin, SeccompProfile profile)
            throws ProfileException {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("defaultAction", profile.defaultAction().text());
        spec.put(
                "architectures",
                profile.architectures().stream()
                        .filter(architecture -> !UNKNOWN_ARCHITECTURES.contains(architecture))
                        .toList());
        if (!profile.flags().isEmpty()) {
            spec.put("flags", profile.flags());
        }
        List<Map<String, Object>> rules = new ArrayList<>();
        for (SyscallRule rule : profile.rules()) {
            rules.add(rule(rule));
        }
        spec.put("syscalls", rules);
        List<String> comments = Stream.concat(
                        origin.stream(),
                        Stream.of(
                                "Use it in a pod's securityContext: seccompProfile: {type: Localhost, localhostProfile: operator/"
                                        + name.objectName() + ".json}"))
                .toList();
        return ManifestText.of(comments, Operator.resource("SeccompProfile", name, spec));
    }

    private static Map<String, Object> rule(SyscallRule rule) throws ProfileException {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("action", rule.action().text());
        one.put("names", rule.names());
        if (rule.errno() != null) {
            one.put("errnoRet", rule.errno());
        }
        if (!rule.arguments().isEmpty()) {
            List<Map<String, Object>> arguments = new ArrayList<>();
            for (ArgumentFilter filter : rule.arguments()) {
                arguments.add(argument(rule, filter));
            }
            one.put("args", arguments);
        }
        return one;
    }

    private static Map<String, Object> argument(SyscallRule rule, ArgumentFilter filter) throws ProfileException {
        if (filter.value() < 0 || filter.valueTwo() < 0) {
            throw new ProfileException(
                    "the rule for " + String.join(", ", rule.names()),
                    "compares with a number of 64 bits, which the Security Profiles Operator does not take",
                    "use another form with -o");
        }
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("index", filter.index());
        one.put("op", filter.operator().text());
        one.put("value", filter.value());
        if (filter.operator() == ArgumentFilter.Operator.MASKED_EQUAL) {
            one.put("valueTwo", filter.valueTwo());
        }
        return one;
    }

    /** A ConfigMap with the profile as a file, for what installs it on nodes. */
    public static String configMap(ProfileName name, List<String> origin, String json) {
        return ManifestText.configMap(
                Stream.concat(
                                origin.stream(),
                                Stream.of(
                                        "An installer on every node copies this: see docs/profiles.md of Portcullis."))
                        .toList(),
                name.objectName() + "-seccomp",
                "seccomp",
                new TreeMap<>(Map.of(name + ".json", json)));
    }
}
