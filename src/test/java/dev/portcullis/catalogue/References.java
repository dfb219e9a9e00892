package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.PodSecurityStandard;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The references of checks, as they are spelled and as they are written out. */
final class References {
    private static final Pattern CIS = Pattern.compile("CIS Docker ([1-9])\\.([1-9][0-9]?)");
    private static final String NSA = "NSA/CISA ";
    private static final Pattern SNYK = Pattern.compile("Snyk image practice (?:[1-9]|10)");

    /** The guide's sections, by what references call them. */
    private static final Map<String, String> SECTIONS = Map.of(
            "non-root containers", "Kubernetes Pod security: “Non-root” containers and “rootless” container engines",
            "immutable file systems", "Kubernetes Pod security: Immutable container file systems",
            "pod security enforcement", "Kubernetes Pod security: Pod security enforcement",
            "service account tokens", "Kubernetes Pod security: Protecting Pod service account tokens",
            "secure images", "Kubernetes Pod security: Building secure container images",
            "resource policies", "Network separation and hardening: Resource policies",
            "network policies", "Network separation and hardening: Network policies",
            "secrets", "Network separation and hardening: Secrets");

    private References() {}

    /** One reference written out; null where it is not spelled as references are. */
    static @Nullable String writtenOut(String reference, CheckInfo check) {
        Matcher cis = CIS.matcher(reference);
        if (cis.matches()) {
            return "CIS Docker Benchmark 1.6, %s.%s (docker-bench-security `check_%s_%s`)"
                    .formatted(cis.group(1), cis.group(2), cis.group(1), cis.group(2));
        }
        if (SNYK.matcher(reference).matches()) {
            return "Snyk, 10 Docker image security best practices, " + reference.substring("Snyk image ".length());
        }
        if (reference.startsWith(NSA)) {
            String section = SECTIONS.get(reference.substring(NSA.length()));
            return section == null ? null : "NSA/CISA Kubernetes Hardening Guide 1.2, " + section;
        }
        PodSecurityStandard standard = check.standard();
        return switch (reference) {
            case "PSS baseline" -> standard(standard, "baseline");
            case "PSS restricted" -> standard(standard, "restricted");
            default -> null;
        };
    }

    private static @Nullable String standard(@Nullable PodSecurityStandard standard, String level) {
        if (standard == null) {
            return null;
        }
        KubernetesVersion since = level.equals("baseline")
                ? standard.baselineSince()
                : Objects.requireNonNull(standard.restrictedSince());
        return since == null ? null : "Kubernetes Pod Security Standards, " + level + ", since " + since;
    }
}
