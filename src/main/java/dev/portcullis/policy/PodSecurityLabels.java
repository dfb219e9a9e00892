package dev.portcullis.policy;

import dev.portcullis.check.KubernetesVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the labels {@code pod-security.kubernetes.io/*} of a namespace ask for, as Kubernetes' own controller reads them
 * with no defaults of its own: a level that is misspelt enforces restricted, but neither warns nor audits.
 */
public final class PodSecurityLabels {
    /** What their keys begin with. */
    public static final String PREFIX = "pod-security.kubernetes.io/";

    private static final String PRIVILEGED = "privileged";

    /**
     * What one mode asks.
     *
     * @param profile baseline or restricted
     */
    public record Asked(Mode mode, Profile profile, KubernetesVersion version) {}

    private final Map<String, String> labels;
    private final List<String> problems = new ArrayList<>();

    private PodSecurityLabels(Map<String, String> labels) {
        this.labels = labels;
    }

    /** What is asked, at most once a mode; modes in which everything is let through are left out. */
    public static List<Asked> asked(Map<String, String> labels) {
        return new PodSecurityLabels(labels).asked();
    }

    /** The labels that Kubernetes cannot read, each with what it makes of them. */
    public static List<String> problems(Map<String, String> labels) {
        PodSecurityLabels reader = new PodSecurityLabels(labels);
        reader.asked();
        return reader.problems;
    }

    private List<Asked> asked() {
        Map<Mode, Asked> asked = new LinkedHashMap<>();
        for (Mode mode : List.of(Mode.ENFORCE, Mode.WARN, Mode.AUDIT)) {
            Asked one = asked(mode);
            if (one != null) {
                asked.put(mode, one);
            }
        }
        Asked enforced = asked.get(Mode.ENFORCE);
        if (enforced != null && warnsAsItEnforces()) {
            String ownVersion = labels.get(PREFIX + "warn-version");
            KubernetesVersion version = ownVersion == null ? enforced.version() : version(Mode.WARN);
            asked.put(Mode.WARN, new Asked(Mode.WARN, enforced.profile(), version));
        }
        return List.copyOf(asked.values());
    }

    /** Where nothing is said of warnings, the level that is enforced warns too, unless it is misspelt. */
    private boolean warnsAsItEnforces() {
        String level = labels.get(PREFIX + Mode.ENFORCE.id());
        return !labels.containsKey(PREFIX + Mode.WARN.id()) && level != null && isLevel(level);
    }

    private @Nullable Asked asked(Mode mode) {
        String key = PREFIX + mode.id();
        String level = labels.get(key);
        if (level == null || level.equals(PRIVILEGED)) {
            return null;
        }
        if (isLevel(level)) {
            return new Asked(mode, Profile.parse(level), version(mode));
        }
        if (mode != Mode.ENFORCE) {
            problems.add(key + " is " + level + ", which is no level: it asks nothing");
            return null;
        }
        problems.add(key + " is " + level + ", which is no level: it enforces restricted");
        return new Asked(mode, Profile.RESTRICTED, version(mode));
    }

    private static boolean isLevel(String text) {
        return text.equals(Profile.BASELINE.id()) || text.equals(Profile.RESTRICTED.id());
    }

    private KubernetesVersion version(Mode mode) {
        String key = PREFIX + mode.id() + "-version";
        String written = labels.get(key);
        if (written == null) {
            return KubernetesVersion.LATEST;
        }
        try {
            KubernetesVersion version = KubernetesVersion.parse(written);
            return version.compareTo(KubernetesVersion.NEWEST_KNOWN) > 0 ? KubernetesVersion.LATEST : version;
        } catch (IllegalArgumentException _) {
            problems.add(key + " is " + written + ", which is neither latest nor v1.N: it is read as latest");
            return KubernetesVersion.LATEST;
        }
    }
}
