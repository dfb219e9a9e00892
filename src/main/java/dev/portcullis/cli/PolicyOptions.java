package dev.portcullis.cli;

import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** By what is judged. */
final class PolicyOptions {
    @Option(names = "--policy", paramLabel = "FILE|FOLDER", description = "HardeningPolicy files to judge by.")
    private @Nullable Path policy;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Judge by one profile alone: baseline, restricted or hardened.")
    private @Nullable String profile;

    @Option(
            names = "--profile-version",
            paramLabel = "V",
            description = "The profile's version, v1.0 to v1.36 or latest. Default: v1.36")
    private @Nullable String profileVersion;

    /** Whether any of them says by what is judged. */
    boolean isGiven() {
        return policy != null || profile != null || profileVersion != null;
    }

    /** The policies that judge. */
    PolicySet policies(CommandLine command) {
        if (profile == null && profileVersion != null) {
            throw new ParameterException(command, "--profile-version needs --profile: add --profile restricted");
        }
        if (profile != null && policy != null) {
            throw new ParameterException(command, "give --profile or --policy, not both");
        }
        try {
            if (profile != null) {
                return PolicySet.alone(profile, profileVersion);
            }
            return policy == null ? BuiltInPolicies.set(Mode.ENFORCE) : PolicyFiles.read(policy);
        } catch (IllegalArgumentException | PolicyException wrong) {
            throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
