package dev.portcullis.policy;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.workload.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What applies where nobody has said anything: profile hardened, of which the essential part denies. */
public final class BuiltInPolicies {
    /** The name of the policy. */
    public static final String NAME = "default";

    /** The version of the Pod Security Standards it holds to, so that an upgrade does not change verdicts. */
    public static final KubernetesVersion VERSION = new KubernetesVersion(36);

    private static final Set<String> ENFORCED_BESIDE_RESTRICTED = Set.of(
            "read-only-root-filesystem",
            "pids-limit",
            "runtime-socket",
            "sensitive-host-paths",
            "mount-propagation",
            "devices",
            "writable-cgroups",
            "host-uts",
            "exec-privileged",
            "update-loosens-limits",
            "plugin-install",
            "swarm-change",
            "archive-write",
            "build-with-host-network");

    /** What plain {@code docker run -v -p} needs. */
    private static final Set<String> ONLY_WARNED_ON_DOCKER =
            Set.of("host-path-volumes", "host-ports", "capabilities-dropped");

    private BuiltInPolicies() {}

    /**
     * The built-in default policy, in two parts: what denies a pod is not all that denies a container.
     *
     * @param strictest the mode of what denies: {@link Mode#ENFORCE} to deny, {@link Mode#WARN} to begin gently
     */
    public static List<Policy> defaults(Mode strictest) {
        return List.of(onPlatform(Platform.KUBERNETES, strictest), onPlatform(Platform.DOCKER, strictest));
    }

    /**
     * The same, as what is in force.
     *
     * @param strictest the mode of what denies
     */
    public static PolicySet set(Mode strictest) {
        return PolicySet.of(defaults(strictest), "built-in-" + strictest.id());
    }

    private static Policy onPlatform(Platform platform, Mode strictest) {
        Map<String, CheckRule> rules = new HashMap<>();
        for (Check check : Catalogue.all()) {
            if (isEnforced(check.info(), platform)) {
                rules.put(check.info().id(), CheckRule.of(strictest));
            }
        }
        return new Policy(NAME, Match.on(platform), Profile.HARDENED, VERSION, Mode.WARN, FixMode.APPLY, rules);
    }

    private static boolean isEnforced(CheckInfo check, Platform platform) {
        if (platform == Platform.DOCKER && ONLY_WARNED_ON_DOCKER.contains(check.id())) {
            return false;
        }
        return Profile.RESTRICTED.holds(check, VERSION)
                || ENFORCED_BESIDE_RESTRICTED.contains(check.id())
                || (platform == Platform.DOCKER && check.id().equals("user-namespace"));
    }
}
