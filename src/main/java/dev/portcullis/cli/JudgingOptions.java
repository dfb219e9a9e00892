package dev.portcullis.cli;

import dev.portcullis.docker.KnownImages;
import dev.portcullis.inspection.Premises;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.check.ProfileFolder;
import dev.portcullis.workload.NodeProfiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** By what, and knowing what, documents are judged. */
final class JudgingOptions {
    @Mixin
    private PolicyOptions by = new PolicyOptions();

    @Option(
            names = "--image-config",
            paramLabel = "[REFERENCE=]FILE",
            description = "What docker inspect prints of images, so that checks know their users, volumes and health"
                    + " checks; an OCI image configuration needs the reference. Once for each file.")
    private List<String> imageConfigs = List.of();

    @Option(
            names = "--profiles",
            paramLabel = "FOLDER",
            description =
                    "The seccomp profiles (NAME.json, as below the kubelet's seccomp folder) and AppArmor profiles that"
                            + " are on every node, so that start-profile tells what one forbids that a container needs.")
    private @Nullable Path profiles;

    @Option(
            names = "--namespace-labels",
            paramLabel = "FILE",
            description = "Namespaces whose labels policies ask for, as kubectl get ns -o yaml prints them; those among"
                    + " what is checked count before them.")
    private @Nullable Path namespaceLabels;

    @Option(
            names = "--compose-override",
            paramLabel = "FILE",
            description =
                    "A compose file to merge over the one that is checked, as docker compose -f does. Repeatable.")
    private List<String> overrides = List.of();

    /** What lies around compose files. */
    ComposeFolders folders() {
        return new ComposeFolders(System.getenv(), overrides);
    }

    /**
     * What is known beside the documents.
     *
     * @param paths what is judged
     */
    Premises premises(CommandLine command, List<String> paths, PolicySet judging, ComposeFolders folders) {
        return new Premises(images(command), folders, namespaces(command, paths, judging), InstantSource.system())
                .confinedBy(profiles(command));
    }

    private NodeProfiles profiles(CommandLine command) {
        try {
            return profiles == null ? NodeProfiles.NONE : ProfileFolder.read(profiles);
        } catch (IOException | ProfileException wrong) {
            String why = wrong instanceof IOException failed
                    ? ReadProblem.reason(failed)
                    : String.valueOf(wrong.getMessage());
            throw new ParameterException(command, "--profiles " + profiles + ": " + why, wrong);
        }
    }

    private ClusterKnowledge namespaces(CommandLine command, List<String> paths, PolicySet judging) {
        try {
            ClusterKnowledge named =
                    namespaceLabels == null ? ClusterKnowledge.NONE : NamespaceFiles.read(namespaceLabels);
            return judging.asksForNamespaces() ? NamespaceFiles.amongst(paths, named) : named;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command, "--namespace-labels " + wrong.getMessage(), wrong);
        }
    }

    private KnownImages images(CommandLine command) {
        try {
            return ImageConfigs.read(imageConfigs);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** The policies that judge. */
    PolicySet policies(CommandLine command) {
        return by.policies(command);
    }
}
